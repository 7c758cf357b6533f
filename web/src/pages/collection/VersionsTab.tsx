import { Link } from 'wouter'
import { CollectionDescription } from '../../actions/descriptions'
import { usePages } from '../../api/hooks'
import type { CollectionVersionsQuery } from '../../api/generated/graphql'
import { paths } from '../../app/paths'
import { useParameters } from '../../app/useParameters'
import { AliasChip, Tag } from '../../ui/Chip'
import { formatBytes } from '../../ui/format'
import { Icon } from '../../ui/Icon'
import { LoadMore } from '../../ui/LoadMore'
import { Menu } from '../../ui/Menu'
import { Empty } from '../../ui/Note'
import { Person } from '../../ui/Person'
import { Table, type Column } from '../../ui/Table'
import { Time } from '../../ui/Time'
import { SectionState } from '../Loading'
import { ArtifactLink, RunLink } from '../RunLink'
import type { Asked, CollectionHead } from './CollectionDialogs'
import { VERSIONS } from './operations'
import { VersionMenuItems } from './VersionMenuItems'

const PAGE = 50

type Version = NonNullable<CollectionVersionsQuery['collection']>['versions']['nodes'][number]

interface VersionsTabProps {
  collection: CollectionHead
  ask: (asked: Asked) => void
}

/** All versions of a collection, newest first. */
export function VersionsTab({ collection, ask }: VersionsTabProps) {
  const [parameters, set] = useParameters()
  const tag = parameters.get('tag')
  const oldest = parameters.get('order') === 'oldest'
  const turn = () => set('order', oldest ? '' : 'oldest')
  const pages = usePages(
    VERSIONS,
    { ref: { id: collection.id }, first: PAGE, filter: tag ? { tag } : null, direction: oldest ? 'ASC' : 'DESC' },
    (result) => result.collection?.versions.pageInfo,
    { keepPrevious: true },
  )
  const versions = pages.data?.pages.flatMap((page) => page.collection?.versions.nodes ?? [])
  return (
    <>
      <CollectionDescription id={collection.id} text={collection.description} />
      <section className="section" aria-label="Versions">
        {tag && (
          <p className="quiet">
            Only with the tag <Tag onRemove={() => set('tag', '')}>{tag}</Tag>
          </p>
        )}
        {!versions && <SectionState error={pages.error} retry={pages.refetch} />}
        {versions?.length === 0 && <NoVersions collection={collection} tag={tag} />}
        {versions && versions.length > 0 && (
          <Table
            label="Versions"
            rows={versions}
            rowKey={({ id }) => id}
            columns={columnsOf(collection, { ascending: oldest, turn }, ask)}
          />
        )}
        <LoadMore {...pages} />
      </section>
    </>
  )
}

function columnsOf(
  collection: CollectionHead,
  sort: NonNullable<Column<Version>['sort']>,
  ask: (asked: Asked) => void,
): Column<Version>[] {
  const linked = collection.kind === 'REGISTRY'
  const locked = (name: string) => collection.registry?.protectedAliases.includes(name) ?? false
  return [
    {
      title: 'Version',
      sort,
      cell: ({ version }) => (
        <Link href={paths.version(collection, version)} className="version-link">
          {version}
        </Link>
      ),
    },
    {
      title: 'Aliases and tags',
      cell: ({ aliases, artifact }) => (
        <span className="chips">
          {aliases.map(({ name }) => (
            <AliasChip key={name} name={name} locked={locked(name)} />
          ))}
          {artifact.tags.map((tag) => (
            <Tag key={tag} href={`${paths.collection(collection)}?tag=${encodeURIComponent(tag)}`}>
              {tag}
            </Tag>
          ))}
        </span>
      ),
    },
    linked
      ? { title: 'Logged as', secondary: true, cell: ({ artifact }) => <ArtifactLink artifact={artifact} /> }
      : { title: 'Logged by run', secondary: true, cell: ({ artifact: { inputs } }) => <Producers inputs={inputs} /> },
    { title: linked ? 'Linked by' : 'Logged by', secondary: true, cell: ({ createdBy }) => <Person of={createdBy} /> },
    { title: 'When', cell: ({ createdAt }) => <Time at={createdAt} /> },
    { title: 'Size', numeric: true, secondary: true, cell: ({ artifact }) => formatBytes(artifact.size) },
    {
      title: '',
      numeric: true,
      cell: (version) => (
        <Menu
          label={`Actions on ${version.version}`}
          button={<Icon name="more" />}
          align="end"
          className="button button-quiet button-icon"
        >
          <VersionMenuItems kind={collection.kind} version={version} ask={ask} />
        </Menu>
      ),
    },
  ]
}

function Producers({ inputs }: { inputs: Version['artifact']['inputs'] }) {
  const [run] = inputs.nodes
  if (!run) return <span className="quiet">no run</span>
  return (
    <span className="producers">
      <RunLink run={run} />
      {inputs.totalCount > 1 && <span className="quiet">and {inputs.totalCount - 1} more</span>}
    </span>
  )
}

function NoVersions({ collection, tag }: { collection: CollectionHead; tag: string | null }) {
  if (tag) return <Empty icon="tag" title="No version with this tag" />
  if (collection.kind === 'REGISTRY')
    return (
      <Empty icon="link" title="Nothing is linked yet">
        <p>Open a version of a project and choose “Link to a registry”, or do it from a run:</p>
        <pre>
          run.link_artifact(artifact, "wandb-registry-{collection.registry?.name}/{collection.name}")
        </pre>
      </Empty>
    )
  return (
    <Empty icon="collection" title="No version yet">
      <p>A run logs versions into it:</p>
      <pre>
        run.log_artifact(wandb.Artifact("{collection.name}", type="{collection.type}"))
      </pre>
    </Empty>
  )
}
