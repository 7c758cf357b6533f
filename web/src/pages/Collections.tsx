import { useState, type ComponentProps, type ReactNode } from 'react'
import { Link } from 'wouter'
import { CreateCollectionDialog } from '../actions/CreateDialogs'
import type { CollectionFilter, CollectionRowFragment, TypedDocumentString } from '../api/generated/graphql'
import { usePages } from '../api/hooks'
import { paths } from '../app/paths'
import { useParameters } from '../app/useParameters'
import { AliasChip, Tags, TypeLabel, VersionChip } from '../ui/Chip'
import { FilterField } from '../ui/FilterField'
import { formatCount } from '../ui/format'
import { typeHue } from '../ui/hues'
import { Icon, typeIcon } from '../ui/Icon'
import { LoadMore } from '../ui/LoadMore'
import { Empty } from '../ui/Note'
import { Table, type Column } from '../ui/Table'
import { Time } from '../ui/Time'
import { useDebounced } from '../ui/useDebounced'
import { SectionState } from './Loading'

const PAGE = 50
const SHOWN_ALIASES = 4

interface CollectionsProps<Result> {
  /** Asks for those of a project or of a registry. */
  document: TypedDocumentString<
    Result,
    {
      id: string | number
      first: number
      after?: string | null | undefined
      filter?: CollectionFilter | null | undefined
    }
  >
  connection: (result: Result) => Connection | null | undefined
  /** Where they are: exactly one of these. */
  place: Pick<ComponentProps<typeof CreateCollectionDialog>, 'registry' | 'project'> & { id: string }
  protectedAliases?: string[]
  /** What to do where there are none. */
  none: ReactNode
}

interface Connection {
  totalCount: number
  nodes: CollectionRowFragment[]
  pageInfo: { hasNextPage: boolean; endCursor?: string | null }
}

/** The collections of a project or of a registry, by name, and the way to make one. */
export function Collections<Result>({
  document,
  connection,
  place: { id, ...place },
  protectedAliases = [],
  none,
}: CollectionsProps<Result>) {
  const [parameters, set] = useParameters()
  const text = parameters.get('q') ?? ''
  const wanted = useDebounced(text)
  const [creating, setCreating] = useState(false)
  const pages = usePages(
    document,
    { id, first: PAGE, filter: wanted ? { nameContains: wanted } : null },
    (result) => connection(result)?.pageInfo,
    { keepPrevious: true },
  )
  const collections = pages.data?.pages.flatMap((page) => connection(page)?.nodes ?? [])
  const count = pages.data?.pages[0] && connection(pages.data.pages[0])?.totalCount
  return (
    <section className="section" aria-label="Collections">
      <div className="filters">
        <FilterField label="Filter by name" value={text} onChange={(name) => set('q', name)} />
        {count !== undefined && <span className="quiet">{formatCount(count, 'collection')}</span>}
        <span className="filters-end">
          <button type="button" className="button button-small" onClick={() => setCreating(true)}>
            <Icon name="plus" /> New collection
          </button>
        </span>
      </div>
      {!collections && <SectionState error={pages.error} retry={pages.refetch} />}
      {collections?.length === 0 && (text ? <Empty title="No collection of that name" /> : none)}
      {collections && collections.length > 0 && (
        <Table label="Collections" rows={collections} rowKey={({ id }) => id} columns={columnsFor(protectedAliases)} />
      )}
      <LoadMore {...pages} />
      {creating && <CreateCollectionDialog {...place} onClose={() => setCreating(false)} />}
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
      cell: ({ tags }) => <Tags tags={tags} />,
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
