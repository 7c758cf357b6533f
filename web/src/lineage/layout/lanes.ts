import type { LayoutInput } from './graph'

/** Above this many, links across many columns are drawn straight and keep no lane free. */
const MOST_DUMMIES = 40_000

/**
 * The boxes by column, with a dummy vertex wherever a link passes a column, which keeps a lane free for it. A link
 * that runs back has one in the columns of its ends too: it goes around them.
 */
export interface Lanes {
  /** Boxes first, then dummies. */
  vertices: number
  column: Uint16Array
  columns: number
  /** Segments between neighbouring columns, from the left vertex to the right one. */
  left: number[]
  right: number[]
  /** The dummies of each link, from the left to the right. */
  chains: Uint32Array[]
  /** For a dummy in the column of the box that its link goes around: that box; else itself. */
  beside: Uint32Array
}

export function makeLanes({ boxes, links }: LayoutInput, columnOf: Uint16Array, back: Uint8Array): Lanes {
  const many = links.length / 2
  const longest = longestWithLanes(links, columnOf)
  const column: number[] = Array.from(columnOf)
  const beside: number[] = boxes.map((_, box) => box)
  const left: number[] = []
  const right: number[] = []
  const chains: Uint32Array[] = []
  const dummy = (at: number, box?: number) => {
    column.push(at)
    beside.push(box ?? column.length - 1)
    return column.length - 1
  }
  for (let link = 0; link < many; link++) {
    const source = links[2 * link]!
    const target = links[2 * link + 1]!
    const turned = back[link] === 1
    const [from, to] = turned ? [target, source] : [source, target]
    const first = columnOf[from]!
    const last = columnOf[to]!
    const chain: number[] = []
    if (turned) {
      for (let at = first; at <= last; at++) chain.push(dummy(at, at === first ? from : at === last ? to : undefined))
    } else if (last - first <= longest) {
      for (let at = first + 1; at < last; at++) chain.push(dummy(at))
    }
    const way = turned ? chain : [from, ...chain, to]
    for (let at = 1; at < way.length; at++) {
      if (column[way[at]!]! - column[way[at - 1]!]! !== 1) continue
      left.push(way[at - 1]!)
      right.push(way[at]!)
    }
    chains.push(Uint32Array.from(chain))
  }
  const columns = boxes.length ? columnOf.reduce((most, each) => Math.max(most, each), 0) + 1 : 0
  return {
    vertices: column.length,
    column: Uint16Array.from(column),
    columns,
    left,
    right,
    chains,
    beside: Uint32Array.from(beside),
  }
}

function longestWithLanes(links: Uint32Array, columnOf: Uint16Array): number {
  const spans: number[] = []
  for (let at = 0; at < links.length; at += 2) {
    spans.push(Math.abs(columnOf[links[at + 1]!]! - columnOf[links[at]!]!))
  }
  spans.sort((a, b) => a - b)
  let dummies = 0
  for (const span of spans) {
    dummies += Math.max(span - 1, 0)
    if (dummies > MOST_DUMMIES) return span - 1
  }
  return Infinity
}
