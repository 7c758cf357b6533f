import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { CollectionRowFragment } from '../../api/generated/graphql'
import { paths } from '../../app/paths'
import { useParameters } from '../../app/useParameters'
import { AliasChip, Tag, TypeLabel, VersionChip } from '../../ui/Chip'
import { FilterField } from '../../ui/FilterField'
import { formatCount } from '../../ui/format'
import { typeHue } from '../../ui/hues'
import { Icon, typeIcon } from '../../ui/Icon'
import { LoadMore } from '../../ui/LoadMore'
import { Empty } from '../../ui/Note'
import { Table, type Column } from '../../ui/Table'
import { Time } from '../../ui/Time'
import { SectionState } from '../Loading'

const SHOWN_ALIASES = 4

/** The text in the address that collections are filtered by, and how to change it. */
export function useNameFilter(): [string, (text: string) => void] {
  const [parameters, set] = useParameters()
  return [parameters.get('q') ?? '', (text) => set('q', text)]
}

interface CollectionTableProps {
  /** The collections that are loaded; undefined: they are on their way. */
  collections: CollectionRowFragment[] | undefined
  count: number | undefined
  filter: [string, (text: string) => void]
  pages: Pick<
    UseInfiniteQueryResult,
    'error' | 'refetch' | 'hasNextPage' | 'isFetchingNextPage' | 'isFetchNextPageError' | 'fetchNextPage'
  >
  protectedAliases?: string[]
  /** What to do where there are none. */
  none: ReactNode
  /** What can be done beside the filter. */
  actions?: ReactNode
}

/** The collections of a project or of a registry. */
export function CollectionTable({
  collections,
  count,
  filter,
  pages,
  protectedAliases = [],
  none,
  actions,
}: CollectionTableProps) {
  const [text, setText] = filter
  return (
    <section className="section" aria-label="Collections">
      <div className="filters">
        <FilterField label="Filter by name" value={text} onChange={setText} />
        {count !== undefined && <span className="quiet">{formatCount(count, 'collection')}</span>}
        <span className="filters-end">{actions}</span>
      </div>
      {!collections && <SectionState error={pages.error} retry={() => void pages.refetch()} />}
      {collections?.length === 0 && (text ? <Empty title="No collection of that name" /> : none)}
      {collections && collections.length > 0 && (
        <Table label="Collections" rows={collections} rowKey={({ id }) => id} columns={columnsFor(protectedAliases)} />
      )}
      <LoadMore {...pages} />
    </section>
  )
}

function columnsFor(protectedAliases: string[]): Column<CollectionRowFragment>[] {
  return [
    {
      title: 'Collection',
      cell: (collection) => (
        <span className="collection-cell">
          <span className="thing-icon" data-hue={typeHue(collection.type)}>
            <Icon name={typeIcon(collection.type)} />
          </span>
          <span>
            <Link href={paths.collection(collection)} className="thing-name" title={collection.name}>
              {collection.name}
            </Link>
            {collection.description && (
              <span className="quiet collection-about">{collection.description.split('\n')[0]}</span>
            )}
          </span>
        </span>
      ),
    },
    { title: 'Type', secondary: true, cell: ({ type }) => <TypeLabel type={type} /> },
    { title: 'Versions', numeric: true, cell: ({ versions }) => versions.totalCount },
    {
      title: 'Aliases',
      secondary: true,
      cell: (collection) => <AliasesAt collection={collection} protectedAliases={protectedAliases} />,
    },
    {
      title: 'Tags',
      secondary: true,
      cell: ({ tags }) => (
        <span className="chips">
          {tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </span>
      ),
    },
    {
      title: 'Last version',
      cell: ({ versions, updatedAt }) => <Time at={versions.nodes[0]?.createdAt ?? updatedAt} />,
    },
  ]
}

function AliasesAt({
  collection,
  protectedAliases,
}: {
  collection: CollectionRowFragment
  protectedAliases: string[]
}) {
  const { aliases } = collection
  return (
    <span className="alias-list">
      {aliases.slice(0, SHOWN_ALIASES).map(({ name, membership: { version } }) => (
        <Link key={name} href={paths.version(collection, version)} aria-label={`${name} is ${version}`}>
          <AliasChip name={name} locked={protectedAliases.includes(name)} />
          <VersionChip version={version} />
        </Link>
      ))}
      {aliases.length > SHOWN_ALIASES && <span className="quiet">+{aliases.length - SHOWN_ALIASES}</span>}
    </span>
  )
}
