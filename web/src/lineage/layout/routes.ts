import type { LayoutInput } from './graph'
import type { Lanes } from './lanes'

/** How far a link that runs back swings out at its ends. */
const SWING = 30

export interface Frame {
  /** The left edge and the width of each column. */
  columnX: Float64Array
  columnWidth: Float64Array
  places: Float32Array
  /** The middle of each vertex. */
  y: Float64Array
}

/** The curves of each link: from the right edge of its source, along its lanes, to the left edge of its target. */
export function routesOf({ boxes, links }: LayoutInput, lanes: Lanes, back: Uint8Array, frame: Frame) {
  const many = links.length / 2
  const points: number[] = []
  const offsets = new Uint32Array(many + 1)
  const { columnX, columnWidth, places, y } = frame
  let x = 0
  let now = 0
  const start = (toX: number, toY: number) => {
    x = toX
    now = toY
    points.push(toX, toY)
  }
  const bend = (c1x: number, c1y: number, c2x: number, c2y: number, toX: number, toY: number) => {
    points.push(c1x, c1y, c2x, c2y, toX, toY)
    x = toX
    now = toY
  }
  const curve = (toX: number, toY: number) => bend((x + toX) / 2, now, (x + toX) / 2, toY, toX, toY)
  for (let link = 0; link < many; link++) {
    offsets[link] = points.length
    const source = links[2 * link]!
    const target = links[2 * link + 1]!
    const fromX = places[2 * source]! + boxes[source]!.width
    const fromY = places[2 * source + 1]! + boxes[source]!.height / 2
    const toX = places[2 * target]!
    const toY = places[2 * target + 1]! + boxes[target]!.height / 2
    start(fromX, fromY)
    const chain = lanes.chains[link]!
    if (back[link]) {
      const way = Array.from(chain).reverse()
      const laneY = y[way[0]!]!
      bend(fromX + SWING, fromY, fromX + SWING, laneY, fromX, laneY)
      for (const [at, dummy] of way.entries()) {
        const column = lanes.column[dummy]!
        if (at) curve(columnX[column]! + columnWidth[column]!, y[dummy]!)
        curve(at === way.length - 1 ? toX : columnX[column]!, y[dummy]!)
      }
      bend(toX - SWING, now, toX - SWING, toY, toX, toY)
    } else {
      for (const dummy of chain) {
        const column = lanes.column[dummy]!
        curve(columnX[column]!, y[dummy]!)
        curve(columnX[column]! + columnWidth[column]!, y[dummy]!)
      }
      curve(toX, toY)
    }
  }
  offsets[many] = points.length
  return { routes: Float32Array.from(points), offsets }
}
