/** What is laid out: boxes and links between them, by number. */

export interface LayoutBox {
  width: number
  height: number
  /** Boxes of one parity stand in every other column: runs between artifacts. */
  parity: 0 | 1
}

export interface LayoutInput {
  boxes: LayoutBox[]
  /** From box to box: `[source, target, source, target, …]`. */
  links: Uint32Array
  /** How much room the words on each link need. */
  labels: Uint16Array
}

export interface Layout {
  /** The left upper corner of each box: `[x, y, x, y, …]`. */
  places: Float32Array
  /** The column of each box, from the left. */
  columns: Uint16Array
  /**
   * Link i is drawn from `routes[offsets[i]]` on: a start (x, y), then cubic curves of three points each
   * (control, control, end).
   */
  routes: Float32Array
  offsets: Uint32Array
  /** Whether a link runs against the direction, from right to left. */
  back: Uint8Array
  width: number
  height: number
}

/** Neighbours of each vertex, packed: those of `v` are `list[start[v]]` to `list[start[v + 1]]`. */
export interface Packed {
  start: Uint32Array
  list: Uint32Array
}

export function pack(count: number, from: ArrayLike<number>, to: ArrayLike<number>): Packed {
  const start = new Uint32Array(count + 1)
  for (let link = 0; link < from.length; link++) start[from[link]! + 1]! += 1
  for (let vertex = 0; vertex < count; vertex++) start[vertex + 1]! += start[vertex]!
  const next = start.slice(0, count)
  const list = new Uint32Array(from.length)
  for (let link = 0; link < from.length; link++) list[next[from[link]!]!++] = to[link]!
  return { start, list }
}
