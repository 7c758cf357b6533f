import { crossingsAfter, gainOfExchange } from './crossings'
import { pack, type Packed } from './graph'
import type { Lanes } from './lanes'

/** Sweeps by the number of vertices: small maps get the best picture, large ones are ready in time. */
const sweepsFor = (vertices: number) => (vertices <= 600 ? 24 : vertices <= 6_000 ? 12 : 6)
const SMALL = 600

export interface Sides {
  left: Packed
  right: Packed
}

export function sidesOf({ vertices, left, right }: Lanes): Sides {
  return { left: pack(vertices, right, left), right: pack(vertices, left, right) }
}

/**
 * The order of the vertices in each column: sweeps to the right and back put each at the mean place of its neighbours
 * (barycentre), in small maps neighbours are exchanged where that saves crossings, and the best order seen is kept.
 */
export function orderColumns(lanes: Lanes, sides: Sides): Uint32Array[] {
  let columns = firstOrder(lanes, sides)
  const position = new Uint32Array(lanes.vertices)
  const number = (column: Uint32Array) => column.forEach((vertex, at) => (position[vertex] = at))
  columns.forEach(number)
  let best = columns.map((column) => column.slice())
  let fewest = crossings(columns, sides, position)
  for (let sweep = 0; sweep < sweepsFor(lanes.vertices) && fewest > 0; sweep++) {
    const rightwards = sweep % 2 === 0
    for (let at = 1; at < columns.length; at++) {
      const column = columns[rightwards ? at : columns.length - 1 - at]!
      sortByNeighbours(column, rightwards ? sides.left : sides.right, position, lanes.beside)
      number(column)
    }
    if (lanes.vertices <= SMALL) for (const column of columns) exchange(column, sides, position)
    const now = crossings(columns, sides, position)
    if (now < fewest) {
      fewest = now
      best = columns.map((column) => column.slice())
    }
  }
  columns = best
  return columns
}

function crossings(columns: Uint32Array[], { right }: Sides, position: Uint32Array): number {
  let sum = 0
  for (let at = 0; at + 1 < columns.length; at++) {
    sum += crossingsAfter(columns[at]!, right, position, columns[at + 1]!.length)
  }
  return sum
}

/** A walk through the whole map, so that what hangs together stands together. */
function firstOrder({ vertices, column, columns, beside }: Lanes, { left, right }: Sides): Uint32Array[] {
  const found: number[][] = Array.from({ length: columns }, () => [])
  const seen = new Uint8Array(vertices)
  const around: number[][] = Array.from({ length: vertices }, () => [])
  beside.forEach((box, vertex) => box !== vertex && around[box]!.push(vertex))
  for (let root = 0; root < vertices; root++) {
    const stack = [root]
    while (stack.length) {
      const vertex = stack.pop()!
      if (seen[vertex]) continue
      seen[vertex] = 1
      found[column[vertex]!]!.push(vertex)
      for (let at = left.start[vertex + 1]! - 1; at >= left.start[vertex]!; at--) stack.push(left.list[at]!)
      for (let at = right.start[vertex + 1]! - 1; at >= right.start[vertex]!; at--) stack.push(right.list[at]!)
      stack.push(...around[vertex]!)
    }
  }
  return found.map((each) => Uint32Array.from(each))
}

function sortByNeighbours(column: Uint32Array, side: Packed, position: Uint32Array, beside: Uint32Array): void {
  const mean = (vertex: number) => {
    const from = side.start[vertex]!
    const to = side.start[vertex + 1]!
    if (from === to) return -1
    let sum = 0
    for (let at = from; at < to; at++) sum += position[side.list[at]!]!
    return sum / (to - from)
  }
  // What has no neighbour on this side keeps its place, scaled; a lane around a box follows the box.
  const wish = new Map<number, number>()
  let highest = 0
  for (const vertex of column) {
    const at = mean(vertex)
    if (at > highest) highest = at
    wish.set(vertex, at)
  }
  column.forEach((vertex, at) => {
    if (wish.get(vertex) === -1) wish.set(vertex, column.length > 1 ? (at / (column.length - 1)) * highest : 0)
  })
  for (const vertex of column) if (beside[vertex] !== vertex) wish.set(vertex, wish.get(beside[vertex]!)! + 1e-6)
  column.sort((a, b) => wish.get(a)! - wish.get(b)! || position[a]! - position[b]!)
}

function exchange(column: Uint32Array, { left, right }: Sides, position: Uint32Array): void {
  for (let round = 0; round < 4; round++) {
    let changed = false
    for (let at = 0; at + 1 < column.length; at++) {
      const upper = column[at]!
      const lower = column[at + 1]!
      if (gainOfExchange(upper, lower, left, position) + gainOfExchange(upper, lower, right, position) <= 0) continue
      column[at] = lower
      column[at + 1] = upper
      position[lower] = at
      position[upper] = at + 1
      changed = true
    }
    if (!changed) return
  }
}
