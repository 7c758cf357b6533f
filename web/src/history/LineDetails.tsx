import { Link } from 'wouter'
import { artifactPath, paths } from '../app/paths'
import { Copyable, Fact, Facts } from '../ui/Facts'
import { JsonTree } from '../ui/JsonTree'
import { exactTime } from '../ui/Time'
import type { Line } from './lines'
import type { HistoryEvent } from './operations'

/** All that the log has of a line, in its own names. */
export function LineDetails({ id, line: { event, removed } }: { id: string; line: Line }) {
  const { actor, collection, run, reason, detail } = event
  const hasDetail = typeof detail === 'object' && detail !== null && Object.keys(detail).length > 0
  return (
    <div className="history-details" id={id}>
      <Facts>
        <Fact name="When">
          {exactTime(event.createdAt)} <span className="quiet">({event.createdAt})</span>
        </Fact>
        <Fact name="Who">
          {actor.displayName && `${actor.displayName}, `}
          {actor.name}
        </Fact>
        {collection && <Fact name="Collection">{collection.path}</Fact>}
        <ArtifactFact name="Version" artifact={event.artifact} version={event.version} />
        <ArtifactFact name="Before" artifact={event.previous} version={event.previousVersion} />
        {run && <Fact name="Run">{run.deletedAt ? run.path : <Link href={paths.run(run.path)}>{run.path}</Link>}</Fact>}
        {reason && (
          <Fact name="Reason">
            <span className="history-whole">{reason}</span>
          </Fact>
        )}
        {hasDetail && (
          <Fact name="Detail">
            <JsonTree value={detail} open={1} />
          </Fact>
        )}
        <HashFact event={event} />
        {removed && <HashFact event={removed} />}
      </Facts>
    </div>
  )
}

interface ArtifactFactProps {
  name: string
  artifact: HistoryEvent['artifact']
  version: string | null | undefined
}

function ArtifactFact({ name, artifact, version }: ArtifactFactProps) {
  if (!artifact && !version) return null
  return (
    <Fact name={name}>
      {version}
      {version && artifact && ', '}
      {artifact && <Link href={artifactPath(artifact.name)}>{artifact.name}</Link>}
    </Fact>
  )
}

/** What `gqlregistry audit verify` checks. A move is two events of the log, each with a hash. */
function HashFact({ event }: { event: HistoryEvent }) {
  return (
    <Fact
      name={
        <span title="SHA-256 over this event and the one before it in its chain">
          Hash of <code>{event.kind}</code>
        </span>
      }
    >
      <Copyable text={event.hash} what="hash" />
    </Fact>
  )
}
