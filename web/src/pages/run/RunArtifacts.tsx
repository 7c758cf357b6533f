import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import { usePages } from '../../api/hooks'
import type { RunArtifactFragment, RunInputFragment, RunOutputFragment } from '../../api/generated/graphql'
import { paths } from '../../app/paths'
import { AliasChip, TypeLabel } from '../../ui/Chip'
import { formatBytes, formatCount } from '../../ui/format'
import { LoadMore } from '../../ui/LoadMore'
import { Table, type Column } from '../../ui/Table'
import { Time } from '../../ui/Time'
import { SectionState } from '../Loading'
import { ArtifactLink } from '../RunLink'
import { RUN_INPUTS, RUN_OUTPUTS } from './operations'

interface Edge {
  createdAt: string
  node: RunArtifactFragment
}

const VERSION: Column<Edge> = { title: 'Version', cell: ({ node }) => <ArtifactLink artifact={node} /> }

const ABOUT: Column<Edge>[] = [
  { title: 'Type', secondary: true, cell: ({ node }) => <TypeLabel type={node.type} /> },
  { title: 'Aliases', secondary: true, cell: ({ node }) => <Aliases artifact={node} /> },
  { title: 'Size', numeric: true, secondary: true, cell: ({ node }) => formatBytes(node.size) },
  { title: 'When', numeric: true, cell: ({ createdAt }) => <Time at={createdAt} /> },
]

const INPUT: Column<RunInputFragment>[] = [
  VERSION,
  { title: 'Asked for', cell: (edge) => <RequestedAs edge={edge} /> },
  ...ABOUT,
]

/** Its aliases in all collections, each name once. */
function Aliases({ artifact }: { artifact: RunArtifactFragment }) {
  return (
    <span className="chips">
      {[...new Set(artifact.aliases.map(({ name }) => name))].map((name) => (
        <AliasChip key={name} name={name} />
      ))}
    </span>
  )
}

/** By which name the run found it, and in which collection when that is not the one it was logged to. */
function RequestedAs({ edge: { requestedAs, requestedAsInferred, via, node } }: { edge: RunInputFragment }) {
  if (!requestedAs) return null
  const elsewhere = via && !node.name.startsWith(`${via.path}:`)
  return (
    <span className="requested">
      <code title={requestedAsInferred ? 'Deduced from what the client looked up' : undefined}>{requestedAs}</code>
      {elsewhere && (
        <span className="quiet">
          in <Link href={paths.collection(via)}>{via.path}</Link>
        </span>
      )}
    </span>
  )
}

interface RunArtifactsProps<E> {
  id: string
  first: { totalCount: number; edges: E[] }
}

export function RunInputs({ id, first }: RunArtifactsProps<RunInputFragment>) {
  return (
    <Section label="Inputs" first={first} none="It used no artifact." columns={INPUT} all={<AllInputs id={id} />} />
  )
}

export function RunOutputs({ id, first }: RunArtifactsProps<RunOutputFragment>) {
  return (
    <Section
      label="Outputs"
      first={first}
      none="It logged no artifact."
      columns={[VERSION, ...ABOUT]}
      all={<AllOutputs id={id} />}
    />
  )
}

interface SectionProps<E extends Edge> {
  label: string
  first: { totalCount: number; edges: E[] }
  none: string
  columns: Column<E>[]
  /** The same table with all pages, when it is asked for. */
  all: ReactNode
}

function Section<E extends Edge>({ label, first, none, columns, all }: SectionProps<E>) {
  const [whole, setWhole] = useState(false)
  return (
    <section className="section" aria-label={label}>
      <h2>
        {label} <span className="tabs-count">{first.totalCount}</span>
      </h2>
      {first.totalCount === 0 && <p className="quiet">{none}</p>}
      {whole
        ? all
        : first.totalCount > 0 && (
            <Table label={label} rows={first.edges} rowKey={({ node }) => node.id} columns={columns} />
          )}
      {!whole && first.totalCount > first.edges.length && (
        <button type="button" className="button button-small load-more" onClick={() => setWhole(true)}>
          Show all {formatCount(first.totalCount, 'version')}
        </button>
      )}
    </section>
  )
}

function AllInputs({ id }: { id: string }) {
  const pages = usePages(RUN_INPUTS, { id, first: 100 }, (result) => result.run?.inputs.pageInfo)
  if (!pages.data) return <SectionState error={pages.error} retry={pages.refetch} />
  const edges = pages.data.pages.flatMap((page) => page.run?.inputs.edges ?? [])
  return (
    <>
      <Table label="Inputs" rows={edges} rowKey={({ node }) => node.id} columns={INPUT} />
      <LoadMore {...pages} />
    </>
  )
}

function AllOutputs({ id }: { id: string }) {
  const pages = usePages(RUN_OUTPUTS, { id, first: 100 }, (result) => result.run?.outputs.pageInfo)
  if (!pages.data) return <SectionState error={pages.error} retry={pages.refetch} />
  const edges = pages.data.pages.flatMap((page) => page.run?.outputs.edges ?? [])
  return (
    <>
      <Table label="Outputs" rows={edges} rowKey={({ node }) => node.id} columns={[VERSION, ...ABOUT]} />
      <LoadMore {...pages} />
    </>
  )
}
