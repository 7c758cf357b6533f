import type { Packed } from './graph'

/**
 * How many segments cross between a column and the next: pairs in one order on the left and in the other on the
 * right, counted with a binary indexed tree (Barth, Jünger, Mutzel 2002).
 */
export function crossingsAfter(column: Uint32Array, rightOf: Packed, position: Uint32Array, size: number): number {
  const tree = new Uint32Array(size + 1)
  let crossings = 0
  let inserted = 0
  for (const vertex of column) {
    const ends: number[] = []
    for (let at = rightOf.start[vertex]!; at < rightOf.start[vertex + 1]!; at++) ends.push(position[rightOf.list[at]!]!)
    for (const end of ends) {
      let before = 0
      for (let at = end + 1; at > 0; at -= at & -at) before += tree[at]!
      crossings += inserted - before
    }
    for (const end of ends) for (let at = end + 1; at <= size; at += at & -at) tree[at]! += 1
    inserted += ends.length
  }
  return crossings
}

/** How many crossings two neighbours make with `upper` above `lower`, less those with them exchanged. */
export function gainOfExchange(upper: number, lower: number, side: Packed, position: Uint32Array): number {
  let gain = 0
  for (let a = side.start[upper]!; a < side.start[upper + 1]!; a++) {
    for (let b = side.start[lower]!; b < side.start[lower + 1]!; b++) {
      gain += Math.sign(position[side.list[a]!]! - position[side.list[b]!]!)
    }
  }
  return gain
}
