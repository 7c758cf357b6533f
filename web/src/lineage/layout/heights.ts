import type { LayoutBox } from './graph'
import type { Lanes } from './lanes'
import type { Sides } from './order'

const BETWEEN_BOXES = 30
const BETWEEN_BOX_AND_LANE = 18
const BETWEEN_LANES = 12
/** A lane is drawn straight before a box is drawn level with its neighbours. */
const LANE_WEIGHT = 4
/** Up to so many vertices: how often columns settle by one side, and by both, which draws lanes straight. */
const ROUNDS: [number, number, number][] = [
  [600, 24, 12],
  [6_000, 8, 3],
  [Infinity, 3, 2],
]

/**
 * The middle of each vertex on the y axis: as near as may be to the mean of its neighbours, in the order given, with
 * the distances kept. Each column is an isotonic regression, solved by pooling adjacent violators.
 */
export function heightsOf(lanes: Lanes, columns: Uint32Array[], sides: Sides, boxes: LayoutBox[]): Float64Array {
  const y = new Float64Array(lanes.vertices)
  const isBox = (vertex: number) => vertex < boxes.length
  const distance = (upper: number, lower: number) => {
    const half = (isBox(upper) ? boxes[upper]!.height / 2 : 0) + (isBox(lower) ? boxes[lower]!.height / 2 : 0)
    if (isBox(upper) && isBox(lower)) return half + BETWEEN_BOXES
    return half + (isBox(upper) || isBox(lower) ? BETWEEN_BOX_AND_LANE : BETWEEN_LANES)
  }
  for (const column of columns) {
    let at = 0
    column.forEach((vertex, index) => {
      if (index) at += distance(column[index - 1]!, vertex)
      y[vertex] = at
    })
    for (const vertex of column) y[vertex]! -= at / 2
  }
  const place = (column: Uint32Array, withLeft: boolean, withRight: boolean) =>
    settle(column, y, distance, (vertex) => {
      let sum = 0
      let weight = 0
      for (const side of [withLeft ? sides.left : null, withRight ? sides.right : null]) {
        if (!side) continue
        for (let at = side.start[vertex]!; at < side.start[vertex + 1]!; at++) {
          const other = side.list[at]!
          const own = !isBox(vertex) && !isBox(other) ? 8 : 1
          sum += own * y[other]!
          weight += own
        }
      }
      if (weight) return [sum / weight, isBox(vertex) ? 1 : LANE_WEIGHT]
      const box = lanes.beside[vertex]!
      return box === vertex ? [y[vertex]!, 0.05] : [y[box]!, 0.05]
    })
  const [rounds, last] = ROUNDS.find(([most]) => lanes.vertices <= most)!.slice(1) as [number, number]
  for (let round = 0; round < rounds; round++) {
    for (let at = 1; at < columns.length; at++) place(columns[at]!, true, false)
    for (let at = columns.length - 2; at >= 0; at--) place(columns[at]!, false, true)
  }
  for (let round = 0; round < last; round++) {
    for (const column of columns) place(column, true, true)
    for (let at = columns.length - 2; at >= 0; at--) place(columns[at]!, true, true)
  }
  return y
}

/** Moves the vertices of a column to where they wish to be, as far as their order and their distances allow. */
function settle(
  column: Uint32Array,
  y: Float64Array,
  distance: (upper: number, lower: number) => number,
  wish: (vertex: number) => [number, number],
): void {
  const offsets = new Float64Array(column.length)
  const mean: number[] = []
  const weight: number[] = []
  const size: number[] = []
  column.forEach((vertex, at) => {
    offsets[at] = at ? offsets[at - 1]! + distance(column[at - 1]!, vertex) : 0
    const [to, heavy] = wish(vertex)
    mean.push(to - offsets[at]!)
    weight.push(heavy)
    size.push(1)
    while (mean.length > 1 && mean[mean.length - 2]! > mean[mean.length - 1]!) {
      const [lowerMean, lowerWeight, lowerSize] = [mean.pop()!, weight.pop()!, size.pop()!]
      const last = mean.length - 1
      const both = weight[last]! + lowerWeight
      mean[last] = (mean[last]! * weight[last]! + lowerMean * lowerWeight) / both
      weight[last] = both
      size[last]! += lowerSize
    }
  })
  let at = 0
  mean.forEach((to, block) => {
    for (let index = 0; index < size[block]!; index++, at++) y[column[at]!] = to + offsets[at]!
  })
}
