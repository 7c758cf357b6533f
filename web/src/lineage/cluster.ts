import type { Link } from './filter'
import { push, typeOf, type Graph } from './model'
import { levelsOf, onCycles } from './untangle'

/** From so many on, nodes that look alike are drawn as one. */
export const CLUSTER_FROM = 5

/** What is drawn as one: a node, or several that look alike. */
export interface Group {
  /** The node's id, or `cluster:` and the id of one member. */
  id: string
  members: string[]
}

export const CLUSTER = 'cluster:'

interface Neighbour {
  id: string
  /** Seen from the node: `<` where the data come from, `>` where they go, with `~` over hidden nodes. */
  way: string
}

/**
 * Groups nodes of one distance from the start that have one type, hang on the same groups nearer to the start, and
 * look alike on the far side: as to type, two edges on. So twelve runs over one dataset are one group, and the twelve
 * models that they logged are the next, but the one that went on to be evaluated stands for itself.
 *
 * `pulled` nodes stand alone, and still count for their group, so that it does not fall apart when one is taken out.
 * Groups through which the map would run in a circle, although its nodes don't, are parted by their levels.
 */
export function groupNodes(
  graph: Graph,
  shown: Set<string>,
  links: Link[],
  start: string,
  pulled: Set<string>,
): Group[] {
  const groups = alikeGroups(graph, shown, links, start, pulled, () => '')
  const groupOf = new Map(groups.flatMap(({ id, members }) => members.map((member) => [member, id] as const)))
  const tangled = onCycles(links, groupOf)
  if (!groups.some(({ id, members }) => members.length > 1 && tangled.has(id))) return groups
  const levels = levelsOf([...shown], links)
  return alikeGroups(graph, shown, links, start, pulled, (id) => String(levels.get(id)))
}

function alikeGroups(
  graph: Graph,
  shown: Set<string>,
  links: Link[],
  start: string,
  pulled: Set<string>,
  levelOf: (id: string) => string,
): Group[] {
  const around = neighboursOf(links)
  const hops = hopsFrom(start, shown, around)
  const alike = colours(graph, shown, around, hops)
  const groupOf = new Map<string, string>()
  const groups: Group[] = []
  for (const level of byHops(hops)) {
    const found = new Map<string, string[]>()
    for (const id of level) {
      const near = new Set<string>()
      for (const other of around.get(id) ?? []) {
        const nearer = hops.get(other.id)! - hops.get(id)!
        if (nearer < 0) near.add(other.way + groupOf.get(other.id)!)
        else if (nearer === 0) near.add(other.way + other.id)
      }
      push(found, `${alike.get(id)}|${levelOf(id)}|${[...near].sort().join(' ')}`, id)
    }
    for (const members of found.values()) {
      const inside = members.filter((id) => id !== start && !pulled.has(id))
      const together = members.length >= CLUSTER_FROM && inside.length > 1
      const id = together ? CLUSTER + inside[0]! : ''
      if (together) groups.push({ id, members: inside })
      for (const member of members) {
        const own = together && inside.includes(member) ? id : member
        groupOf.set(member, own)
        if (own === member) groups.push({ id: own, members: [member] })
      }
    }
  }
  return groups
}

/** Every node for itself. */
export const ungrouped = (shown: Set<string>): Group[] => [...shown].map((id) => ({ id, members: [id] }))

function neighboursOf(links: Link[]): Map<string, Neighbour[]> {
  const around = new Map<string, Neighbour[]>()
  for (const { source, target, indirect } of links) {
    const over = indirect ? '~' : ''
    push(around, source, { id: target, way: `>${over}` })
    push(around, target, { id: source, way: `<${over}` })
  }
  return around
}

function hopsFrom(start: string, shown: Set<string>, around: Map<string, Neighbour[]>): Map<string, number> {
  const hops = new Map<string, number>()
  // What does not hang together with the start is a map of its own, far away.
  for (const root of [start, ...shown]) {
    if (hops.has(root) || !shown.has(root)) continue
    hops.set(root, root === start ? 0 : 1_000_000)
    const queue = [root]
    for (const id of queue) {
      for (const other of around.get(id) ?? []) {
        if (hops.has(other.id)) continue
        hops.set(other.id, hops.get(id)! + 1)
        queue.push(other.id)
      }
    }
  }
  return hops
}

function byHops(hops: Map<string, number>): string[][] {
  const levels = new Map<number, string[]>()
  for (const [id, hop] of hops) push(levels, hop, id)
  return [...levels].sort(([a], [b]) => a - b).map(([, ids]) => ids)
}

/** Names for how nodes look: of which type they are, and how what is farther from the start looks, two edges on. */
function colours(
  graph: Graph,
  shown: Set<string>,
  around: Map<string, Neighbour[]>,
  hops: Map<string, number>,
): Map<string, string> {
  const own = new Map<string, string>()
  for (const id of shown) {
    const node = graph.nodes.get(id)!
    own.set(id, `${typeOf(node)}/${node.kind === 'run' ? (node.jobType ?? '') : ''}/${node.deletedAt ? 'deleted' : ''}`)
  }
  let colour = own
  for (let round = 0; round < 2; round++) {
    const next = new Map<string, string>()
    for (const [id, before] of own) {
      const far = new Set<string>()
      for (const other of around.get(id) ?? []) {
        if (hops.get(other.id)! > hops.get(id)!) far.add(other.way + colour.get(other.id)!)
      }
      next.set(id, far.size ? `${before}(${[...far].sort().join(',')})` : before)
    }
    colour = next
  }
  return colour
}
