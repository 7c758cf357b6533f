import { useCallback, useMemo, useState } from 'react'
import type { LineageSide } from '../api/generated/graphql'
import './lineage.css'
import { MapCanvas } from './MapCanvas'
import type { MapEdge, MapNode } from './model'
import { pathThrough } from './path'
import type { Card, Scene } from './scene'
import { useLayout } from './useLayout'
import type { Dispatch } from './useView'

interface DiffMapProps {
  start: string
  nodes: { node: MapNode; side: LineageSide }[]
  edges: MapEdge[]
}

const NOTHING = { inputs: false, outputs: false }
const NO_OPENING = new Set<string>()

/** The origins of two versions as one map, in three colours. */
export default function DiffMap({ start, nodes, edges }: DiffMapProps) {
  const [selected, setSelected] = useState<string | null>(null)
  const scene = useMemo(() => sceneOfBoth(start, nodes, edges), [start, nodes, edges])
  const sides = useMemo(() => new Map(nodes.map(({ node, side }) => [node.id, side])), [nodes])
  const picture = useLayout(scene)
  const path = useMemo(() => (selected === null ? null : pathThrough(selected, scene.links)), [selected, scene])
  const marks = useMemo(() => ({ selected, path, matches: null, opening: NO_OPENING, sides }), [selected, path, sides])
  const dispatch = useCallback<Dispatch>((action) => {
    if (action.type === 'select') setSelected(action.id)
  }, [])
  return (
    <div className="map" aria-busy={!picture}>
      <div className="map-body">
        <div className="map-stage">
          {picture && (
            <MapCanvas
              picture={picture}
              marks={marks}
              dispatch={dispatch}
              subject={`${start} ${nodes.length}`}
              sought={null}
              spot={null}
            />
          )}
        </div>
      </div>
    </div>
  )
}

/** All nodes, each a card: nothing more is opened, or put away. */
function sceneOfBoth(start: string, nodes: DiffMapProps['nodes'], edges: MapEdge[]): Scene {
  const cards = nodes.map(({ node }): Card => {
    const base = {
      id: node.id,
      more: { inputs: 0, outputs: 0 },
      uncounted: NOTHING,
      asked: NOTHING,
      collapsible: NOTHING,
    }
    return node.kind === 'run' ? { ...base, kind: 'run', node } : { ...base, kind: 'artifact', node }
  })
  const byId = new Map(cards.map((card) => [card.id, card]))
  const known = new Map(nodes.map(({ node }) => [node.id, node]))
  return {
    graph: { nodes: known, edges: new Map(), inputs: new Map(), outputs: new Map(), degrees: new Map() },
    start,
    cards,
    links: edges.map(({ source, target, requestedAs, inferred }) => {
      return { source, target, label: requestedAs ?? '', inferred, indirect: false, count: 1 }
    }),
    cardOf: new Map(cards.map(({ id }) => [id, id])),
    byId,
    depth: 0,
    open: new Set(known.keys()),
    shown: cards.length,
  }
}
