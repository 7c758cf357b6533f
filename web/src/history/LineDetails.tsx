import { Link } from 'wouter'
import { artifactPath, paths } from '../app/paths'
import { CopyButton } from '../ui/CopyButton'
import { JsonTree } from '../ui/JsonTree'
import { exactTime } from '../ui/Time'
import type { Line } from './lines'
import type { HistoryEvent } from './operations'

/** All that the log has of a line, in its own names. */
export function LineDetails({ id, line: { event, removed } }: { id: string; line: Line }) {
  const hasDetail = typeof event.detail === 'object' && event.detail !== null && Object.keys(event.detail).length > 0
  return (
    <div className="history-details" id={id}>
      <dl className="facts">
        <dt>When</dt>
        <dd>
          {exactTime(event.createdAt)} <span className="quiet">({event.createdAt})</span>
        </dd>
        <dt>Who</dt>
        <dd>
          {event.actor.displayName && `${event.actor.displayName}, `}
          {event.actor.name}
        </dd>
        {event.collection && (
          <>
            <dt>Collection</dt>
            <dd>{event.collection.path}</dd>
          </>
        )}
        <ArtifactFact title="Version" artifact={event.artifact} version={event.version} />
        <ArtifactFact title="Before" artifact={event.previous} version={event.previousVersion} />
        {event.run && (
          <>
            <dt>Run</dt>
            <dd>
              {event.run.deletedAt ? event.run.path : <Link href={paths.run(event.run.path)}>{event.run.path}</Link>}
            </dd>
          </>
        )}
        {event.reason && (
          <>
            <dt>Reason</dt>
            <dd className="history-whole">{event.reason}</dd>
          </>
        )}
        {hasDetail && (
          <>
            <dt>Detail</dt>
            <dd>
              <JsonTree value={event.detail as object} open={1} />
            </dd>
          </>
        )}
        <HashFact event={event} />
        {removed && <HashFact event={removed} />}
      </dl>
    </div>
  )
}

function ArtifactFact({ title, artifact, version }: { title: string; artifact: HistoryEvent['artifact']; version: string | null | undefined }) {
  if (!artifact && !version) return null
  return (
    <>
      <dt>{title}</dt>
      <dd>
        {version}
        {version && artifact && ', '}
        {artifact && <Link href={artifactPath(artifact.name)}>{artifact.name}</Link>}
      </dd>
    </>
  )
}

/** What `gqlregistry audit verify` checks. A move is two events of the log, each with a hash. */
function HashFact({ event }: { event: HistoryEvent }) {
  return (
    <>
      <dt>
        Hash of <code>{event.kind}</code>
      </dt>
      <dd className="history-hash">
        <code title="SHA-256 over this event and the one before it in its chain">{event.hash}</code>
        <CopyButton text={event.hash} what="hash" />
      </dd>
    </>
  )
}
