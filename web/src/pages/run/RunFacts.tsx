import type { RunPageQuery } from '../../api/generated/graphql'
import { StateChip, Tags } from '../../ui/Chip'
import { Copyable, Fact, Facts } from '../../ui/Facts'
import { formatDuration } from '../../ui/format'
import { Person } from '../../ui/Person'
import { Time } from '../../ui/Time'

export type Run = NonNullable<RunPageQuery['run']>

/** How long a run took, or has taken so far; null when it has not begun. */
export function durationOf(
  run: Pick<Run, 'state' | 'startedAt' | 'finishedAt' | 'heartbeatAt'>,
  now = Date.now(),
): number | null {
  if (!run.startedAt) return null
  const running = run.state === 'RUNNING' || run.state === 'PREEMPTING'
  const end = run.finishedAt ?? (running ? null : run.heartbeatAt)
  if (end === null && !running) return null
  return (end ? Date.parse(end) : now) - Date.parse(run.startedAt)
}

/** What is to say of a run in few words. */
export function RunFacts({ run }: { run: Run }) {
  const duration = durationOf(run)
  return (
    <aside className="card overview-facts" aria-label="About this run">
      <Facts>
        <Fact name="State">
          <StateChip state={run.state} />
        </Fact>
        <Fact name="Started by">
          <Person of={run.createdBy} />
        </Fact>
        {run.startedAt && (
          <Fact name="Started">
            <Time at={run.startedAt} />
          </Fact>
        )}
        {run.finishedAt && (
          <Fact name="Ended">
            <Time at={run.finishedAt} />
          </Fact>
        )}
        {!run.finishedAt && run.heartbeatAt && (
          <Fact name="Last heard of">
            <Time at={run.heartbeatAt} />
          </Fact>
        )}
        {duration !== null && <Fact name="Duration">{formatDuration(duration)}</Fact>}
        {run.jobType && <Fact name="Job type">{run.jobType}</Fact>}
        {run.group && <Fact name="Group">{run.group}</Fact>}
        {run.tags.length > 0 && (
          <Fact name="Tags">
            <Tags tags={run.tags} />
          </Fact>
        )}
        <Fact name="Path">
          <Copyable text={run.path} what="path" />
        </Fact>
      </Facts>
    </aside>
  )
}
