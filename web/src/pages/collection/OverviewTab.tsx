import { ArtifactDescription } from '../../actions/descriptions'
import { useQuery } from '../../api/hooks'
import type { VersionOverviewQuery } from '../../api/generated/graphql'
import { paths } from '../../app/paths'
import { JsonTree } from '../../ui/JsonTree'
import { Snippet } from '../../ui/CopyButton'
import { Link } from 'wouter'
import { SectionState } from '../Loading'
import type { Asked, CollectionHead } from './CollectionDialogs'
import { Memberships } from './Memberships'
import { OVERVIEW } from './versionOperations'
import { ProducedBy, UsedBy } from './RunLists'
import { VersionFacts } from './VersionFacts'

export type Overview = NonNullable<NonNullable<VersionOverviewQuery['collection']>['version']>

interface OverviewTabProps {
  collection: CollectionHead
  version: string
  ask: (asked: Asked) => void
}

/** One version: what it is, where it comes from, where it went. */
export function OverviewTab({ collection, version, ask }: OverviewTabProps) {
  const { data, error, refetch } = useQuery(OVERVIEW, { ref: { id: collection.id }, version })
  const overview = data?.collection?.version
  if (!overview) return <SectionState error={error} retry={refetch} lines={10} />
  const { artifact } = overview
  const metadata = artifact.metadata as Record<string, unknown>
  return (
    <div className="overview">
      <div className="overview-main">
        <ArtifactDescription id={artifact.id} text={artifact.description} />
        <ProducedBy artifact={artifact} />
        <UsedBy artifact={artifact} />
        <Memberships artifact={artifact} here={overview.id} />
        {Object.keys(metadata).length > 0 && (
          <section className="section" aria-label="Metadata">
            <header className="section-header">
              <h2>Metadata</h2>
              <Link href={paths.version(collection, version, 'metadata')}>Show all</Link>
            </header>
            <div className="card overview-metadata">
              <JsonTree value={metadata} open={1} />
            </div>
          </section>
        )}
        <section className="section" aria-label="Use it">
          <h2>Use it in a run</h2>
          <Snippet what="the line" text={lineThatUses(collection, version)} />
        </section>
      </div>
      <VersionFacts collection={collection} overview={overview} ask={ask} />
    </div>
  )
}

/** The line of Python that makes this version an input of a run. */
function lineThatUses(
  { kind, path, name, registry }: Pick<CollectionHead, 'kind' | 'path' | 'name' | 'registry'>,
  version: string,
): string {
  const place = kind === 'REGISTRY' && registry ? `wandb-registry-${registry.name}/${name}` : path
  return `artifact = run.use_artifact("${place}:${version}")`
}
