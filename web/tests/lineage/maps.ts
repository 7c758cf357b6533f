import {
  merge,
  type ArtifactNode,
  type Graph,
  type MapEdge,
  type MapNode,
  type Part,
  type RunNode,
} from '../../src/lineage/model'

/** Maps for tests: artifacts are named in small letters (`data`), runs in capitals (`Train`). */

const isRun = (id: string) => /^[A-Z]/.test(id)

export function run(id: string, more: Partial<RunNode> = {}): RunNode {
  return {
    kind: 'run',
    id,
    label: id.toLowerCase(),
    createdAt: '2026-03-02T12:00:00Z',
    deletedAt: null,
    path: `team/zoo/${id}`,
    state: 'FINISHED',
    jobType: null,
    ...more,
  }
}

export function artifact(id: string, more: Partial<ArtifactNode> = {}): ArtifactNode {
  return {
    kind: 'artifact',
    id,
    label: id,
    createdAt: '2026-03-02T12:00:00Z',
    deletedAt: null,
    name: `team/zoo/${id}:v0`,
    type: 'dataset',
    version: 'v0',
    aliases: [],
    ...more,
  }
}

/** "data > Train > model" as nodes and edges; several ways with commas. */
export function part(ways: string, nodes: MapNode[] = [], more: Partial<Part> = {}): Part {
  const found = new Map(nodes.map((node) => [node.id, node]))
  const edges: MapEdge[] = []
  for (const way of ways.split(',')) {
    const ids = way.split('>').map((id) => id.trim())
    ids.forEach((id, at) => {
      if (!found.has(id)) found.set(id, isRun(id) ? run(id) : artifact(id))
      if (at) edges.push({ source: ids[at - 1]!, target: id, requestedAs: null, inferred: false })
    })
  }
  return {
    nodes: [...found.values()],
    edges,
    outward: [],
    more: new Map(),
    center: ways.split(/[>,]/)[0]!.trim(),
    sides: ['inputs', 'outputs'],
    truncated: false,
    omitted: 0,
    ...more,
  }
}

export const graph = (ways: string, nodes: MapNode[] = []): Graph => merge([part(ways, nodes)])
