import { dayOf } from '../ui/days'
import { edgesOf, nodeName, RUNS, type Graph, type MapEdge, type MapNode } from './model'
import type { Filters, View } from './view'

/** An edge of the picture. One that leads over hidden nodes says over how many. */
export interface Link {
  source: string
  target: string
  edges: MapEdge[]
  /** Whether it stands for a way over hidden nodes. */
  indirect: boolean
}

/** More such ways are not drawn: they would be a hairball. */
const MOST_INDIRECT = 2_000

/** Whether a node has a text in its name, type, version, aliases, state or job type. */
export function hasText(node: MapNode, text: string): boolean {
  const words =
    node.kind === 'run'
      ? [node.label, node.path, node.state, node.jobType ?? '']
      : [nodeName(node), node.name, node.type, ...node.aliases]
  const wanted = text.trim().toLowerCase()
  return words.some((word) => word.toLowerCase().includes(wanted))
}

/** Whether a node meets the filters. */
export function passes(node: MapNode, filters: Filters): boolean {
  if (filters.withoutTypes.includes(node.kind === 'run' ? RUNS : node.type)) return false
  if (node.kind === 'run' && filters.withoutStates.includes(node.state)) return false
  if (filters.onlyMatches && filters.text.trim() && !hasText(node, filters.text)) return false
  if (filters.from && dayOf(node.createdAt) < filters.from) return false
  return !(filters.until && dayOf(node.createdAt) > filters.until)
}

/** Which of the open nodes are shown. The start always is: the map is about it. */
export function shownOf(graph: Graph, open: Set<string>, start: string, view: Pick<View, 'filters' | 'hidden'>) {
  const hidden = new Set(view.hidden)
  return new Set(
    [...open].filter((id) => id === start || (!hidden.has(id) && passes(graph.nodes.get(id)!, view.filters))),
  )
}

/**
 * The links between the shown nodes: edges, and where hidden nodes stand between two of them, one link for the ways
 * over these. So a map without its runs still says which model came of which dataset.
 */
export function linksBetween(graph: Graph, open: Set<string>, shown: Set<string>): Link[] {
  const links: Link[] = []
  let indirect = 0
  for (const id of shown) {
    const direct = new Set<string>()
    const seen = new Set<string>()
    const hidden: string[] = []
    for (const edge of edgesOf(graph, id, 'outputs')) {
      if (shown.has(edge.target)) {
        direct.add(edge.target)
        links.push({ source: id, target: edge.target, edges: [edge], indirect: false })
      } else if (open.has(edge.target)) {
        seen.add(edge.target)
        hidden.push(edge.target)
      }
    }
    for (const way of hidden) {
      for (const { target } of edgesOf(graph, way, 'outputs')) {
        if (seen.has(target) || !open.has(target)) continue
        seen.add(target)
        if (!shown.has(target)) hidden.push(target)
        else if (!direct.has(target) && indirect < MOST_INDIRECT) {
          indirect += 1
          links.push({ source: id, target, edges: [], indirect: true })
        }
      }
    }
  }
  return links
}
