import { Link } from 'wouter'
import { useQuery } from '../../api/hooks'
import { artifactPath, paths, type VersionTab } from '../../app/paths'
import { LineageView } from '../../lineage/LineageView'
import { shortName } from '../../ui/format'
import { Icon } from '../../ui/Icon'
import { Empty } from '../../ui/Note'
import { Person } from '../../ui/Person'
import { Time } from '../../ui/Time'
import { SectionState } from '../Loading'
import { isVersion } from './address'
import type { CollectionHead } from './CollectionDialogs'
import { GONE } from './versionOperations'

interface GoneVersionProps {
  collection: CollectionHead
  version: string
  tab: VersionTab
}

/** A version or an alias that is not there, or no longer: who took it away, and what remains to be seen. */
export function GoneVersion({ collection, version, tab }: GoneVersionProps) {
  const { data, error, refetch } = useQuery(GONE, {
    ref: { id: collection.id },
    version,
    isVersion: isVersion(version),
  })
  if (!data) return <SectionState error={error} retry={refetch} />
  const removal = data.collection?.actionHistory?.nodes[0]
  const ended = data.collection?.alias?.history[0]
  if (removal) {
    const { artifact } = removal
    const deleted = Boolean(artifact?.deletedAt)
    return (
      <>
        <div className="note note-warn" role="note">
          <Icon name={deleted ? 'trash' : 'link'} />
          <div>
            <p>
              <strong>
                {version} was {deleted ? 'deleted' : 'unlinked'}
              </strong>{' '}
              by <Person of={removal.actor} /> <Time at={removal.createdAt} />
              {removal.reason && <>: “{removal.reason}”</>}
            </p>
            <p className="quiet">
              {deleted
                ? 'Its files are no longer kept. It stays in every lineage.'
                : 'It is still where it was logged.'}
            </p>
          </div>
          {artifact && !deleted && (
            <Link href={artifactPath(artifact.name)} className="button">
              Show {shortName(artifact.name)}
            </Link>
          )}
          {artifact && deleted && tab !== 'lineage' && (
            <Link href={paths.version(collection, version, 'lineage')} className="button">
              Show its lineage
            </Link>
          )}
        </div>
        {artifact && tab === 'lineage' && (
          <div className="fill">
            <LineageView key={artifact.id} start={{ kind: 'artifact', id: artifact.id }} />
          </div>
        )}
      </>
    )
  }
  return (
    <Empty icon="alias" title={`${collection.name} has no ${isVersion(version) ? 'version' : 'alias'} ${version}`}>
      {ended?.until && (
        <p>
          It pointed at {ended.version} until {ended.endedBy && <Person of={ended.endedBy} />} removed it{' '}
          <Time at={ended.until} />
          {ended.endedReason && <>: “{ended.endedReason}”</>}.
        </p>
      )}
      <Link href={paths.collection(collection)} className="button">
        All versions
      </Link>
    </Empty>
  )
}
