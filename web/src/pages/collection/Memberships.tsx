import { Link } from 'wouter'
import { paths } from '../../app/paths'
import { AliasChip } from '../../ui/Chip'
import { Icon } from '../../ui/Icon'
import { Person } from '../../ui/Person'
import { Table } from '../../ui/Table'
import { Time } from '../../ui/Time'
import type { Overview } from './OverviewTab'

interface MembershipsProps {
  artifact: Overview['artifact']
  /** The id of the place that is shown. */
  here: string
}

/** All the collections that a version is in. */
export function Memberships({ artifact: { memberships }, here }: MembershipsProps) {
  const elsewhere = memberships.nodes.filter(({ id }) => id !== here)
  return (
    <section className="section" aria-label="Also in">
      <h2>
        Also in <span className="tabs-count">{memberships.totalCount - 1}</span>
      </h2>
      {elsewhere.length === 0 ? (
        <p className="quiet">It is linked to no other collection.</p>
      ) : (
        <Table
          label="Also in"
          rows={elsewhere}
          rowKey={({ id }) => id}
          columns={[
            {
              title: 'Collection',
              cell: ({ collection, version }) => (
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
              cell: ({ aliases, collection }) => (
                <span className="chips">
                  {aliases.map(({ name }) => (
                    <AliasChip
                      key={name}
                      name={name}
                      locked={collection.registry?.protectedAliases.includes(name) ?? false}
                    />
                  ))}
                </span>
              ),
            },
            { title: 'By', secondary: true, cell: ({ createdBy }) => <Person of={createdBy} /> },
            { title: 'When', secondary: true, cell: ({ createdAt }) => <Time at={createdAt} /> },
          ]}
        />
      )}
    </section>
  )
}
