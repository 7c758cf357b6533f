/** What the lineage map knows: the answers of the server merged into one graph. */

export type Side = 'inputs' | 'outputs'

export interface Start {
  kind: 'artifact' | 'run'
  /** The global id. */
  id: string
}

interface Recorded {
  id: string
  createdAt: string
  deletedAt: string | null
  /** What stands on the card: a run's display name, an artifact's collection. */
  label: string
}

export interface RunNode extends Recorded {
  kind: 'run'
  path: string
  state: string
  jobType: string | null
}

export interface ArtifactNode extends Recorded {
  kind: 'artifact'
  /** `<entity>/<project>/<collection>:v4`. */
  name: string
  type: string
  version: string | null
  aliases: string[]
}

export type MapNode = RunNode | ArtifactNode

/** From where the data come to where they go. */
export interface MapEdge {
  source: string
  target: string
  requestedAs: string | null
  inferred: boolean
}

/** The server counts no more neighbours of a node than so many. */
export const COUNTED = 1_000

/** How many neighbours a node has on each side, as far as the server counts them. */
export interface Degree {
  inputs: number
  outputs: number
}

/** One answer, whatever it was that was asked. */
export interface Part {
  nodes: MapNode[]
  edges: MapEdge[]
  /** Edges to nodes that may be in other parts; not counted here. */
  outward: MapEdge[]
  /** What the nodes have outside of this part; a node that is not here has nothing. */
  more: Map<string, Degree>
  /** The node in the middle: of it the answer knows all neighbours, on the sides that were asked. */
  center: string
  sides: Side[]
  /** Whether the server left out nodes for their number. */
  truncated: boolean
  omitted: number
}

export interface Graph {
  nodes: Map<string, MapNode>
  edges: Map<string, MapEdge>
  inputs: Map<string, MapEdge[]>
  outputs: Map<string, MapEdge[]>
  degrees: Map<string, Degree>
}

const edgeKey = (source: string, target: string) => `${source}>${target}`

/** The edges of a node on a side. */
export function edgesOf(graph: Graph, id: string, side: Side): MapEdge[] {
  return (side === 'inputs' ? graph.inputs : graph.outputs).get(id) ?? []
}

/** Where an edge leads from one of its ends, going to a side. */
export const endOf = (edge: MapEdge, side: Side) => (side === 'inputs' ? edge.source : edge.target)

/**
 * All parts as one graph. The first part that has a node says what it is; later ones add to it. What a part knows of
 * the neighbours of its center holds against what others counted, since a neighbour may have been deleted or hidden.
 */
export function merge(parts: Part[]): Graph {
  const graph: Graph = { nodes: new Map(), edges: new Map(), inputs: new Map(), outputs: new Map(), degrees: new Map() }
  for (const { nodes } of parts) for (const node of nodes) if (!graph.nodes.has(node.id)) graph.nodes.set(node.id, node)
  for (const part of parts) {
    for (const edge of part.edges) addEdge(graph, edge)
    for (const edge of part.outward) addEdge(graph, edge)
    countDegrees(graph, part)
  }
  for (const { center, sides, nodes, edges, more, truncated } of parts) {
    if (truncated || !nodes.some(({ id }) => id === center)) continue
    const known = graph.degrees.get(center)!
    for (const side of sides) {
      const own = edges.filter((edge) => (side === 'inputs' ? edge.target : edge.source) === center).length
      known[side] = Math.max(own + (more.get(center)?.[side] ?? 0), edgesOf(graph, center, side).length)
    }
  }
  return graph
}

function addEdge(graph: Graph, edge: MapEdge): void {
  const key = edgeKey(edge.source, edge.target)
  // An edge to a node that was left out of the answer can't be drawn.
  if (graph.edges.has(key) || !graph.nodes.has(edge.source) || !graph.nodes.has(edge.target)) return
  graph.edges.set(key, edge)
  push(graph.outputs, edge.source, edge)
  push(graph.inputs, edge.target, edge)
}

function countDegrees(graph: Graph, part: Part): void {
  const own = new Map<string, Degree>()
  const at = (id: string) => {
    let degree = own.get(id)
    if (!degree) own.set(id, (degree = { inputs: 0, outputs: 0 }))
    return degree
  }
  for (const { source, target } of part.edges) {
    at(source).outputs += 1
    at(target).inputs += 1
  }
  for (const { id } of part.nodes) {
    const here = at(id)
    const more = part.more.get(id)
    const before = graph.degrees.get(id)
    graph.degrees.set(id, {
      inputs: Math.max(before?.inputs ?? 0, here.inputs + (more?.inputs ?? 0)),
      outputs: Math.max(before?.outputs ?? 0, here.outputs + (more?.outputs ?? 0)),
    })
  }
}

export function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

/** The key of what is filtered and coloured as one: an artifact's type; all runs are one. */
export const RUNS = '@run'
export const typeOf = (node: MapNode) => (node.kind === 'run' ? RUNS : node.type)

/** A node in words, as a screen reader says it. */
export function nodeName(node: MapNode): string {
  if (node.kind === 'run') return node.label
  return `${node.label}:${node.version ?? 'pending'}`
}
