import { TagEditor } from '../../actions/TagEditor'
import { paths } from '../../app/paths'
import { AliasChip } from '../../ui/Chip'
import { Copyable, Fact, Facts } from '../../ui/Facts'
import { formatBytes, formatCount, shortDigest } from '../../ui/format'
import { Icon } from '../../ui/Icon'
import { Person } from '../../ui/Person'
import { Time } from '../../ui/Time'
import { ArtifactLink } from '../RunLink'
import type { Asked, CollectionHead } from './CollectionDialogs'
import type { Overview } from './OverviewTab'

interface VersionFactsProps {
  collection: CollectionHead
  overview: Overview
  ask: (asked: Asked) => void
}

/** What is to say of a version in few words, with its aliases and tags. */
export function VersionFacts({ collection, overview, ask }: VersionFactsProps) {
  const { artifact, aliases, version } = overview
  const linked = collection.kind === 'REGISTRY'
  const shown = collection.shown?.id === overview.id ? collection.shown : null
  return (
    <aside className="card overview-facts" aria-label={`About ${version}`}>
      <h2>{version}</h2>
      <div className="chips">
        {aliases.map(({ name }) => (
          <AliasChip
            key={name}
            name={name}
            locked={collection.registry?.protectedAliases.includes(name) ?? false}
            onRemove={name === 'latest' ? undefined : () => ask({ kind: 'remove-alias', alias: name })}
          />
        ))}
        {shown && (
          <button type="button" className="chip chip-add" onClick={() => ask({ kind: 'set-alias', version: shown })}>
            <Icon name="plus" size={12} /> Set alias
          </button>
        )}
      </div>
      <TagEditor
        tags={artifact.tags}
        on={{ artifact: { id: artifact.id } }}
        href={(tag) => `${paths.collection(collection)}?tag=${encodeURIComponent(tag)}`}
      />
      <Facts>
        {linked && (
          <>
            <Fact name="Linked">
              <Time at={overview.createdAt} />
            </Fact>
            <Fact name="Linked by">
              <Person of={overview.createdBy} />
            </Fact>
            <Fact name="Logged as">
              <ArtifactLink artifact={artifact} />
            </Fact>
          </>
        )}
        <Fact name="Logged">
          <Time at={artifact.createdAt} />
        </Fact>
        <Fact name="Logged by">
          <Person of={artifact.createdBy} />
        </Fact>
        {artifact.updatedAt > artifact.createdAt && (
          <Fact name="Edited">
            <Time at={artifact.updatedAt} />
          </Fact>
        )}
        <Fact name="Size">
          {formatBytes(artifact.size)} in {formatCount(artifact.fileCount, 'file')}
        </Fact>
        <Fact name="Digest">
          <Copyable text={artifact.digest} shown={shortDigest(artifact.digest)} what="digest" />
        </Fact>
        <Fact name="Full name">
          <Copyable text={artifact.name} what="full name" />
        </Fact>
      </Facts>
      {shown && (
        <button type="button" className="button" onClick={() => ask({ kind: 'link', version: shown })}>
          <Icon name="link" /> Link to a registry
        </button>
      )}
    </aside>
  )
}
