import { edgesOf, endOf, type Graph, type Side } from './model'
import { isMarked, marked, type View } from './view'

const SIDES: Side[] = ['inputs', 'outputs']

export interface Reach {
  /** The nodes that are open, closest to the start first. */
  ids: Set<string>
}

/**
 * Which nodes of the graph are open: those within `depth` edges of the start on either way, without what is behind
 * collapsed nodes, and the neighbours that were asked for of open nodes.
 */
export function reach(graph: Graph, start: string, depth: number, view: Pick<View, 'expanded' | 'collapsed'>): Reach {
  const ids = new Set<string>()
  if (!graph.nodes.has(start)) return { ids }
  ids.add(start)
  const walks = SIDES.map((side) => ({ side, seen: new Set([start]), frontier: [start] }))
  for (let hop = 0; hop < depth; hop++) {
    for (const walk of walks) {
      const next: string[] = []
      for (const id of walk.frontier) {
        if (isMarked(view.collapsed, id, walk.side)) continue
        for (const edge of edgesOf(graph, id, walk.side)) {
          const end = endOf(edge, walk.side)
          if (walk.seen.has(end)) continue
          walk.seen.add(end)
          ids.add(end)
          next.push(end)
        }
      }
      walk.frontier = next
    }
  }
  const waiting = marked(view.expanded).filter(({ id, side }) => !isMarked(view.collapsed, id, side))
  for (let found = true; found;) {
    found = false
    for (const [at, { id, side }] of waiting.entries()) {
      if (!ids.has(id)) continue
      waiting.splice(at, 1)
      for (const edge of edgesOf(graph, id, side)) ids.add(endOf(edge, side))
      found = true
      break
    }
  }
  return { ids }
}

/** How many neighbours of a node on a side are not open. */
export function closedOn(graph: Graph, { ids }: Reach, id: string, side: Side): number {
  const known = edgesOf(graph, id, side).filter((edge) => ids.has(endOf(edge, side))).length
  return Math.max((graph.degrees.get(id)?.[side] ?? 0) - known, 0)
}

/** How many edges each open node is away from the start, along any edges. What hangs by nothing is not in it. */
export function distances(graph: Graph, start: string, { ids }: Reach): Map<string, number> {
  const found = new Map([[start, 0]])
  const queue = [start]
  for (const id of queue) {
    for (const side of SIDES) {
      for (const edge of edgesOf(graph, id, side)) {
        const end = endOf(edge, side)
        if (!ids.has(end) || found.has(end)) continue
        found.set(end, found.get(id)! + 1)
        queue.push(end)
      }
    }
  }
  return found
}

/** Whether a node can be collapsed on a side: it has neighbours there that are farther from the start than itself. */
export function canCollapse(graph: Graph, hops: Map<string, number>, id: string, side: Side): boolean {
  const own = hops.get(id) ?? Infinity
  return edgesOf(graph, id, side).some((edge) => (hops.get(endOf(edge, side)) ?? -1) > own)
}
