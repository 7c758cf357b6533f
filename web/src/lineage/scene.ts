import { CLUSTER, groupNodes, ungrouped, type Group } from './cluster'
import { hasText, linksBetween, shownOf } from './filter'
import {
  COUNTED,
  RUNS,
  typeOf,
  type ArtifactNode,
  type Degree,
  type Graph,
  type MapNode,
  type RunNode,
  type Side,
} from './model'
import { canCollapse, closedOn, distances, reach, type Reach } from './reach'
import { isMarked, type View } from './view'

type Sided = Record<Side, boolean>

interface CardBase {
  id: string
  /** Neighbours that are not open. */
  more: Degree
  /** Whether there may be more of them than were counted. */
  uncounted: Sided
  /** Whether they were asked for: what is missing still is more than is opened at once. */
  asked: Sided
  collapsible: Sided
}
export interface RunCard extends CardBase {
  kind: 'run'
  node: RunNode
}
export interface ArtifactCard extends CardBase {
  kind: 'artifact'
  node: ArtifactNode
}
export interface ClusterCard extends CardBase {
  kind: 'cluster'
  of: MapNode['kind']
  members: MapNode[]
}
/** What is drawn as one box. */
export type Card = RunCard | ArtifactCard | ClusterCard

export interface SceneLink {
  source: string
  target: string
  /** What the run asked by; of a cluster's links only if all asked by the same. */
  label: string
  inferred: boolean
  indirect: boolean
  /** Edges, or ways over hidden nodes, that are drawn as this one. */
  count: number
}

/** What is drawn: the graph as the view has it. */
export interface Scene {
  /** What it shows a part of. */
  graph: Graph
  start: string
  cards: Card[]
  links: SceneLink[]
  /** The card on which each shown node is drawn. */
  cardOf: Map<string, string>
  byId: Map<string, Card>
  depth: number
  /** The nodes within reach, whether filters show them or not. */
  open: Set<string>
  /** How many nodes are shown, after filters. */
  shown: number
}

/** So many cards can be read at once. */
const READABLE = 32
export const FIRST_DEPTH = 4

/** The scene; with no depth given, the deepest one up to `FIRST_DEPTH` that can be read at once. */
export function sceneOf(graph: Graph, start: string, view: View): Scene {
  if (view.depth !== null) return sceneAt(graph, start, view, view.depth)
  const plain = { ...view, expanded: [], collapsed: [], pulled: [], hidden: [], grouped: true }
  for (let depth = FIRST_DEPTH; depth > 1; depth--) {
    const opened = reach(graph, start, depth, plain)
    const links = linksBetween(graph, opened.ids, opened.ids)
    const groups = groupNodes(graph, opened.ids, links, start, new Set())
    if (groups.length <= READABLE) return sceneAt(graph, start, view, depth)
  }
  return sceneAt(graph, start, view, 1)
}

function sceneAt(graph: Graph, start: string, view: View, depth: number): Scene {
  const opened = reach(graph, start, depth, view)
  const shown = shownOf(graph, opened.ids, start, view)
  const links = linksBetween(graph, opened.ids, shown)
  const groups = view.grouped ? groupNodes(graph, shown, links, start, new Set(view.pulled)) : ungrouped(shown)
  const hops = distances(graph, start, opened)
  const cards = groups.map((group) => cardOf(graph, view, opened, hops, group))
  const owner = new Map(groups.flatMap(({ id, members }) => members.map((member) => [member, id] as const)))
  const joined = new Map<string, SceneLink>()
  for (const { source, target, edges, indirect } of links) {
    const [from, to] = [owner.get(source)!, owner.get(target)!]
    const label = edges[0]?.requestedAs ?? ''
    const inferred = edges[0]?.inferred ?? false
    const before = joined.get(`${from}>${to}`)
    if (!before) joined.set(`${from}>${to}`, { source: from, target: to, label, inferred, indirect, count: 1 })
    else {
      before.count += 1
      before.indirect &&= indirect
      before.inferred ||= inferred
      if (before.label !== label) before.label = ''
    }
  }
  return {
    graph,
    start,
    cards,
    links: [...joined.values()],
    cardOf: owner,
    byId: new Map(cards.map((card) => [card.id, card])),
    depth,
    open: opened.ids,
    shown: shown.size,
  }
}

function cardOf(graph: Graph, view: View, opened: Reach, hops: Map<string, number>, { id, members }: Group): Card {
  const more = { inputs: 0, outputs: 0 }
  for (const member of members) {
    more.inputs += closedOn(graph, opened, member, 'inputs')
    more.outputs += closedOn(graph, opened, member, 'outputs')
  }
  const each = (test: (side: Side) => boolean): Sided => ({ inputs: test('inputs'), outputs: test('outputs') })
  const uncounted = each((side) => members.some((member) => graph.degrees.get(member)![side] >= COUNTED))
  if (members.length > 1) {
    const nodes = members.map((member) => graph.nodes.get(member)!)
    const never = each(() => false)
    return {
      id,
      kind: 'cluster',
      of: nodes[0]!.kind,
      members: nodes,
      more,
      uncounted,
      asked: never,
      collapsible: never,
    }
  }
  const node = graph.nodes.get(members[0]!)!
  const base = {
    id,
    more,
    uncounted,
    asked: each((side) => isMarked(view.expanded, id, side)),
    collapsible: each((side) => !isMarked(view.collapsed, id, side) && canCollapse(graph, hops, id, side)),
  }
  return node.kind === 'run' ? { ...base, kind: 'run', node } : { ...base, kind: 'artifact', node }
}

export const nodesOf = (card: Card): MapNode[] => (card.kind === 'cluster' ? card.members : [card.node])

/** The node that tells what a card is of: in a cluster all are alike. */
export const firstOf = (card: Card): MapNode => nodesOf(card)[0]!

/** The card of what is selected: of a node, of the cluster that holds it, or of the cluster by one of its members. */
export function selectedCard(scene: Scene, selected: string | null): Card | null {
  if (selected === null) return null
  const member = selected.startsWith(CLUSTER) ? selected.slice(CLUSTER.length) : selected
  return scene.byId.get(selected) ?? scene.byId.get(scene.cardOf.get(member) ?? '') ?? null
}

/** The cards that have a text, and how many nodes these are. */
export function matchesOf(scene: Scene, text: string): Map<string, number> {
  const found = new Map<string, number>()
  if (!text.trim()) return found
  for (const card of scene.cards) {
    const many = nodesOf(card).filter((node) => hasText(node, text)).length
    if (many) found.set(card.id, many)
  }
  return found
}

/** What there is to filter by, with how many nodes: types by their number, and the states of runs. */
export function kindsOf({ graph, open }: Scene) {
  const types = new Map<string, number>()
  const states = new Map<string, number>()
  for (const id of open) {
    const node = graph.nodes.get(id)!
    types.set(typeOf(node), (types.get(typeOf(node)) ?? 0) + 1)
    if (node.kind === 'run') states.set(node.state, (states.get(node.state) ?? 0) + 1)
  }
  const inOrder = [...types].sort(([a], [b]) => Number(a === RUNS) - Number(b === RUNS) || a.localeCompare(b))
  return { types: inOrder, states: [...states].sort(([a], [b]) => a.localeCompare(b)) }
}
