import type { RunLinkFragment } from '../../api/generated/graphql'
import { StateChip } from '../../ui/Chip'
import type { Column } from '../../ui/Table'
import { Time } from '../../ui/Time'
import { Related } from '../Related'
import { RequestedAs } from '../RequestedAs'
import { RunLink } from '../RunLink'
import type { Overview } from './OverviewTab'
import { PRODUCED_BY, USED_BY } from './versionOperations'

type Use = Overview['artifact']['outputs']['edges'][number]

const ABOUT_RUN: Column<{ node: RunLinkFragment }>[] = [
  { title: 'Run', cell: ({ node }) => <RunLink run={node} /> },
  { title: 'Job', secondary: true, cell: ({ node }) => node.jobType },
  { title: 'State', cell: ({ node }) => <StateChip state={node.state} /> },
  { title: 'When', cell: ({ node }) => <Time at={node.createdAt} /> },
]

const ABOUT_USE: Column<Use>[] = [
  ...ABOUT_RUN,
  { title: 'Asked for', secondary: true, cell: (edge) => <RequestedAs edge={edge} /> },
]

/** The runs that logged a version: several, when each made the same content. */
export function ProducedBy({ artifact: { id, inputs } }: { artifact: Overview['artifact'] }) {
  return (
    <Related
      label="Produced by"
      first={inputs}
      none="No run has logged it."
      one="run"
      columns={ABOUT_RUN}
      rowKey={({ node }) => node.id}
      all={{ document: PRODUCED_BY, id, connection: (result) => result.artifact?.inputs }}
    />
  )
}

export function UsedBy({ artifact: { id, outputs } }: { artifact: Overview['artifact'] }) {
  return (
    <Related
      label="Used by"
      first={outputs}
      none="No run has used it yet."
      one="run"
      columns={ABOUT_USE}
      rowKey={({ node }) => node.id}
      all={{ document: USED_BY, id, connection: (result) => result.artifact?.outputs }}
    />
  )
}
