import { useState } from 'react'
import { usePages } from '../../api/hooks'
import { StateChip } from '../../ui/Chip'
import { formatCount } from '../../ui/format'
import { LoadMore } from '../../ui/LoadMore'
import { Table, type Column } from '../../ui/Table'
import { Time } from '../../ui/Time'
import { SectionState } from '../Loading'
import { RunLink } from '../RunLink'
import type { Overview } from './OverviewTab'
import { USED_BY } from './operations'

type Producer = Overview['artifact']['inputs']['nodes'][number]
type Use = Overview['artifact']['outputs']['edges'][number]

const ABOUT_RUN: Column<Producer>[] = [
  { title: 'Run', cell: (run) => <RunLink run={run} /> },
  { title: 'Job', secondary: true, cell: ({ jobType }) => jobType },
  { title: 'State', cell: ({ state }) => <StateChip state={state} /> },
  { title: 'When', cell: ({ createdAt }) => <Time at={createdAt} /> },
]

/** The runs that logged a version: several, when each made the same content. */
export function ProducedBy({ artifact: { inputs } }: { artifact: Overview['artifact'] }) {
  return (
    <section className="section" aria-label="Produced by">
      <h2>
        Produced by <span className="tabs-count">{inputs.totalCount}</span>
      </h2>
      {inputs.totalCount === 0 ? (
        <p className="quiet">No run has logged it.</p>
      ) : (
        <Table label="Produced by" rows={inputs.nodes} rowKey={({ id }) => id} columns={ABOUT_RUN} />
      )}
      {inputs.totalCount > inputs.nodes.length && (
        <p className="quiet">The first {inputs.nodes.length}; the lineage shows them all.</p>
      )}
    </section>
  )
}

const ABOUT_USE: Column<Use>[] = [
  ...ABOUT_RUN.map(({ cell, ...column }) => ({ ...column, cell: ({ node }: Use) => cell(node) })),
  {
    title: 'Asked for',
    secondary: true,
    cell: ({ requestedAs, requestedAsInferred }) =>
      requestedAs && (
        <code title={requestedAsInferred ? 'Deduced from what the client looked up' : undefined}>{requestedAs}</code>
      ),
  },
]

/** The runs that used a version; all of them when they are asked for. */
export function UsedBy({ artifact: { id, outputs } }: { artifact: Overview['artifact'] }) {
  const [all, setAll] = useState(false)
  return (
    <section className="section" aria-label="Used by">
      <h2>
        Used by <span className="tabs-count">{outputs.totalCount}</span>
      </h2>
      {outputs.totalCount === 0 && <p className="quiet">No run has used it yet.</p>}
      {all ? <AllUses id={id} /> : outputs.totalCount > 0 && <Uses edges={outputs.edges} />}
      {!all && outputs.totalCount > outputs.edges.length && (
        <button type="button" className="button button-small load-more" onClick={() => setAll(true)}>
          Show all {formatCount(outputs.totalCount, 'run')}
        </button>
      )}
    </section>
  )
}

function AllUses({ id }: { id: string }) {
  const pages = usePages(USED_BY, { id, first: 100 }, (result) => result.artifact?.outputs.pageInfo)
  if (!pages.data) return <SectionState error={pages.error} retry={pages.refetch} />
  return (
    <>
      <Uses edges={pages.data.pages.flatMap((page) => page.artifact?.outputs.edges ?? [])} />
      <LoadMore {...pages} />
    </>
  )
}

function Uses({ edges }: { edges: Use[] }) {
  return <Table label="Used by" rows={edges} rowKey={({ node }) => node.id} columns={ABOUT_USE} />
}
