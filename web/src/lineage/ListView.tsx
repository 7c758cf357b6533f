import { useState } from 'react'
import { AliasChip, StateChip, TypeLabel, VersionChip } from '../ui/Chip'
import { formatCount } from '../ui/format'
import { Table, type Column } from '../ui/Table'
import { Time } from '../ui/Time'
import { nodeName, type MapNode } from './model'
import { nodesOf } from './scene'
import { linkLabel, type Picture } from './useLayout'
import type { Dispatch } from './useView'

interface Row {
  node: MapNode
  column: number
  group: number
  inputs: string[]
  outputs: string[]
}

const FIRST = 100
const MOST_NAMES = 3

interface ListViewProps {
  picture: Picture
  selected: string | null
  matches: Map<string, number> | null
  dispatch: Dispatch
}

/** The same map as a table, from what came first to what was made of it. */
export function ListView({ picture, selected, matches, dispatch }: ListViewProps) {
  const [first, setFirst] = useState(FIRST)
  const rows = rowsOf(picture).filter(({ node }) => !matches || matches.has(picture.scene.cardOf.get(node.id)!))
  const columns: Column<Row>[] = [
    {
      title: 'Name',
      cell: ({ node }) => (
        <button
          type="button"
          className={node.deletedAt ? 'link is-deleted' : 'link'}
          aria-pressed={selected === node.id}
          onClick={() => dispatch({ type: 'select', id: selected === node.id ? null : node.id })}
        >
          {node.label}
        </button>
      ),
    },
    {
      title: 'Kind',
      cell: ({ node }) =>
        node.kind === 'run' ? (
          <span className="type-label map-run-label">{node.jobType ?? 'run'} run</span>
        ) : (
          <TypeLabel type={node.type} />
        ),
    },
    {
      title: 'Version or state',
      cell: ({ node }) => (
        <span className="chips">
          {node.deletedAt && <span className="chip chip-quiet">deleted</span>}
          {node.kind === 'run' ? <StateChip state={node.state} /> : <VersionChip version={node.version ?? 'pending'} />}
          {node.kind === 'artifact' && node.aliases.map((name) => <AliasChip key={name} name={name} />)}
        </span>
      ),
    },
    { title: 'From', cell: ({ inputs }) => <Names names={inputs} />, secondary: true },
    { title: 'To', cell: ({ outputs }) => <Names names={outputs} />, secondary: true },
    { title: 'Recorded', cell: ({ node }) => <Time at={node.createdAt} />, secondary: true },
  ]
  return (
    <div className="map-list">
      <Table label="Lineage" columns={columns} rows={rows.slice(0, first)} rowKey={({ node }) => node.id} />
      {rows.length > first && (
        <button type="button" className="button load-more" onClick={() => setFirst(first + FIRST)}>
          Show more of {formatCount(rows.length, 'node')}
        </button>
      )}
    </div>
  )
}

function Names({ names }: { names: string[] }) {
  if (!names.length) return <span className="quiet">none shown</span>
  const rest = names.length - MOST_NAMES
  return (
    <span className="map-names" title={names.join(', ')}>
      {names.slice(0, MOST_NAMES).join(', ')}
      {rest > 0 && ` and ${rest} more`}
    </span>
  )
}

function rowsOf({ scene, layout, index }: Picture): Row[] {
  const names = new Map<string, string>()
  for (const card of scene.cards) {
    const nodes = nodesOf(card)
    names.set(
      card.id,
      nodes.length === 1 ? nodeName(nodes[0]!) : `${formatCount(nodes.length, 'node')} like ${nodeName(nodes[0]!)}`,
    )
  }
  const inputs = new Map<string, string[]>(scene.cards.map(({ id }) => [id, []]))
  const outputs = new Map<string, string[]>(scene.cards.map(({ id }) => [id, []]))
  for (const link of scene.links) {
    const { source, target } = link
    const asked = linkLabel(link)
    inputs.get(target)!.push(asked ? `${names.get(source)} (asked for as ${asked})` : names.get(source)!)
    outputs.get(source)!.push(names.get(target)!)
  }
  const rows = scene.cards.flatMap((card) =>
    nodesOf(card).map((node) => ({
      node,
      column: layout.columns[index.get(card.id)!]!,
      group: layout.places[2 * index.get(card.id)! + 1]!,
      inputs: inputs.get(card.id)!,
      outputs: outputs.get(card.id)!,
    })),
  )
  return rows.sort(
    (a, b) => a.column - b.column || a.group - b.group || a.node.createdAt.localeCompare(b.node.createdAt),
  )
}
