import { AliasChip, VersionChip } from '../../ui/Chip'
import { formatDuration } from '../../ui/format'
import { minuteOf } from '../../ui/days'
import { spanOf, type Bar } from './intervals'

const WIDTH = 300
const LANE = 34

interface IntervalCardProps {
  alias: string
  lane: number
  bar: Bar
  width: number
}

/** What a bar of a timeline says, beside it. The bar's own name says the same to who does not see this. */
export function IntervalCard({ alias, lane, bar: { interval, x, width: wide }, width }: IntervalCardProps) {
  const { from, until, actor, reason, endedBy, endedReason, artifact } = interval
  const span = spanOf(interval, Date.now())
  const left = Math.max(0, Math.min(x + Math.min(wide, WIDTH) / 2 - WIDTH / 2, width - WIDTH))
  return (
    <div
      className="timeline-card"
      style={{ left, top: (lane + 1) * LANE, width: Math.min(WIDTH, width) }}
      aria-hidden="true"
    >
      <p>
        <AliasChip name={alias} /> <VersionChip version={interval.version} />{' '}
        <span className="quiet">{formatDuration(span.end - span.start)}</span>
      </p>
      <p className="timeline-artifact">{artifact.name}</p>
      <dl>
        <dt>{minuteOf(from)}</dt>
        <dd>
          set by <strong>{actor.displayName || actor.name}</strong>
          {reason && <span className="quiet">{reason}</span>}
        </dd>
        <dt>{until ? minuteOf(until) : 'Now'}</dt>
        <dd>
          {until ? (
            <>
              ended by <strong>{endedBy?.displayName || endedBy?.name}</strong>
              {endedReason && endedReason !== reason && <span className="quiet">{endedReason}</span>}
            </>
          ) : (
            'still stands'
          )}
        </dd>
      </dl>
    </div>
  )
}
