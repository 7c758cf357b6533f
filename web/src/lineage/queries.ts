import { graphql } from '../api/generated'
import type { LineageMapQuery, LineageNeighboursQuery } from '../api/generated/graphql'
import { shortName } from '../ui/format'
import type { MapEdge, MapNode, Part, Side } from './model'

/** The map around a run or an artifact, with as little of each node as its card shows. */
export const LINEAGE_MAP = graphql(`
  query LineageMap($id: ID!, $direction: LineageDirection!, $depth: Int!, $first: Int!) {
    node(id: $id) {
      ... on Artifact {
        lineage(direction: $direction, depth: $depth, first: $first) {
          ...LineageMapPart
        }
      }
      ... on Run {
        lineage(direction: $direction, depth: $depth, first: $first) {
          ...LineageMapPart
        }
      }
    }
  }

  fragment LineageMapPart on LineageMap {
    truncated
    omitted {
      count
    }
    nodes {
      __typename
      name
      createdAt
      deletedAt
      ... on Artifact {
        id
        type
        version
        aliases {
          name
        }
      }
      ... on Run {
        id
        displayName
        path
        state
        jobType
      }
    }
    edges {
      source {
        ... on Node {
          id
        }
      }
      target {
        ... on Node {
          id
        }
      }
      requestedAs
      requestedAsInferred
    }
    frontier {
      node {
        ... on Node {
          id
        }
      }
      moreInputs
      moreOutputs
    }
  }
`)

/** The map around a run or an artifact as a document for other programs. */
export const LINEAGE_EXPORT = graphql(`
  query LineageExport($id: ID!, $depth: Int!, $first: Int!, $format: LineageFormat!) {
    node(id: $id) {
      ... on Artifact {
        lineage(depth: $depth, first: $first) {
          export(format: $format)
        }
      }
      ... on Run {
        lineage(depth: $depth, first: $first) {
          export(format: $format)
        }
      }
    }
  }
`)

/** What nodes hang on: shows which edges lead from newly opened nodes to those that were there. */
export const LINEAGE_NEIGHBOURS = graphql(`
  query LineageNeighbours($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Artifact {
        id
        inputs(first: 50) {
          nodes {
            id
          }
        }
        outputs(first: 50) {
          edges {
            requestedAs
            requestedAsInferred
            node {
              id
            }
          }
        }
      }
      ... on Run {
        id
        inputs(first: 50) {
          edges {
            requestedAs
            requestedAsInferred
            node {
              id
            }
          }
        }
        outputs(first: 50) {
          nodes {
            id
          }
        }
      }
    }
  }
`)

type Answered = NonNullable<Extract<LineageMapQuery['node'], { lineage: unknown }>>['lineage']
export type AnsweredNode = Answered['nodes'][number]

export function nodeOf(node: AnsweredNode): MapNode {
  const { createdAt, deletedAt = null } = node
  if (node.__typename === 'Run') {
    const { id, path, displayName, state, jobType = null } = node
    return { kind: 'run', id, createdAt, deletedAt, label: displayName, path, state, jobType }
  }
  const { id, name, type, version = null, aliases } = node
  const label = shortName(name.slice(0, name.lastIndexOf(':')))
  // One name may stand in several collections.
  const names = [...new Set(aliases.map((alias) => alias.name))]
  return { kind: 'artifact', id, createdAt, deletedAt, label, name, type, version, aliases: names }
}

const idOf = (node: object) => (node as { id: string }).id

/** An answer as a part of the graph; null if there is no such node, or none that the reader may see. */
export function partOf(answer: LineageMapQuery, center: string, sides: Side[], outward: MapEdge[] = []): Part | null {
  if (!answer.node || !('lineage' in answer.node)) return null
  const map = answer.node.lineage
  return {
    nodes: map.nodes.map(nodeOf),
    edges: map.edges.map((edge) => ({
      source: idOf(edge.source),
      target: idOf(edge.target),
      requestedAs: edge.requestedAs ?? null,
      inferred: edge.requestedAsInferred,
    })),
    outward,
    more: new Map(map.frontier.map((at) => [idOf(at.node), { inputs: at.moreInputs, outputs: at.moreOutputs }])),
    center,
    sides,
    truncated: map.truncated,
    omitted: map.omitted.reduce((sum, { count }) => sum + count, 0),
  }
}

/** The edges around nodes, whatever is at their other ends. */
export function edgesAround({ nodes }: LineageNeighboursQuery): MapEdge[] {
  return nodes.flatMap((node) => {
    if (!node || !('id' in node)) return []
    const { id } = node
    type End = { id: string } | { node: { id: string }; requestedAs?: string | null; requestedAsInferred: boolean }
    const ends = (list: { nodes: End[] } | { edges: End[] }) => ('edges' in list ? list.edges : list.nodes)
    const edge = (end: End, side: Side): MapEdge => {
      const other = 'node' in end ? end.node.id : end.id
      return {
        source: side === 'inputs' ? other : id,
        target: side === 'inputs' ? id : other,
        requestedAs: 'node' in end ? (end.requestedAs ?? null) : null,
        inferred: 'node' in end && end.requestedAsInferred,
      }
    }
    return [
      ...ends(node.inputs).map((end) => edge(end, 'inputs')),
      ...ends(node.outputs).map((end) => edge(end, 'outputs')),
    ]
  })
}
