import { Link } from 'wouter'
import type { MembershipRowFragment } from '../../api/generated/graphql'
import { paths } from '../../app/paths'
import { AliasChip } from '../../ui/Chip'
import { Icon } from '../../ui/Icon'
import { Person } from '../../ui/Person'
import type { Column } from '../../ui/Table'
import { Time } from '../../ui/Time'
import { Related } from '../Related'
import { MEMBERSHIPS } from './versionOperations'
import type { Overview } from './OverviewTab'

type Edge = { node: MembershipRowFragment }

const COLUMNS: Column<Edge>[] = [
  {
    title: 'Collection',
    cell: ({ node: { collection, version } }) => (
      <Link href={paths.version(collection, version)} className="thing-link">
        <Icon name={collection.kind === 'REGISTRY' ? 'registry' : 'project'} size={14} />
        <span className="thing-name">
          {collection.path}:{version}
        </span>
      </Link>
    ),
  },
  {
    title: 'Aliases',
    cell: ({ node: { aliases, collection } }) => (
      <span className="chips">
        {aliases.map(({ name }) => (
          <AliasChip key={name} name={name} locked={collection.registry?.protectedAliases.includes(name) ?? false} />
        ))}
      </span>
    ),
  },
  { title: 'By', secondary: true, cell: ({ node }) => <Person of={node.createdBy} /> },
  { title: 'When', secondary: true, cell: ({ node }) => <Time at={node.createdAt} /> },
]

interface MembershipsProps {
  artifact: Overview['artifact']
  /** The id of the place that is shown. */
  here: string
}

/** All the other collections that a version is in. */
export function Memberships({ artifact: { id, memberships }, here }: MembershipsProps) {
  const elsewhere = (edges: Edge[]) => edges.filter(({ node }) => node.id !== here)
  return (
    <Related
      label="Also in"
      first={{ totalCount: memberships.totalCount - 1, edges: elsewhere(memberships.edges) }}
      none="It is linked to no other collection."
      one="collection"
      columns={COLUMNS}
      rowKey={({ node }) => node.id}
      all={{
        document: MEMBERSHIPS,
        id,
        connection: ({ artifact }) =>
          artifact && { ...artifact.memberships, edges: elsewhere(artifact.memberships.edges) },
      }}
    />
  )
}
