import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { useQuery } from '../../api/hooks'
import { artifactPath, paths, type CollectionPlace } from '../../app/paths'
import { AliasChip, VersionChip } from '../../ui/Chip'
import { Icon } from '../../ui/Icon'
import { ErrorNote } from '../../ui/Note'
import { clock, dayOf, minuteOf } from '../../ui/days'
import { ALIAS_AT } from '../operations'
import { within, type Interval } from './intervals'
import { momentInWords, spanOfMoment, type Moment } from './moment'

interface AliasAtProps {
  collectionId: string
  place: CollectionPlace
  names: string[]
  alias: string
  on: string | null
  intervals: Interval[]
  ask: (moment: Moment) => void
}

/** "What was production on 3 March?": asked here, answered by the server. */
export function AliasAt({ names, alias, on, ask, ...rest }: AliasAtProps) {
  const [day = '', time = ''] = (on ?? '').split('T')
  const [typed, setTyped] = useState({ day, time })
  useEffect(() => setTyped({ day, time }), [day, time])
  const say = (next: { day: string; time: string }) => {
    setTyped(next)
    const moment = next.time ? `${next.day}T${next.time}` : next.day
    // A year that is being typed is one of long ago.
    if (!next.day) ask({ alias, on: null })
    else if (spanOfMoment(moment) && next.day >= '1970') ask({ alias, on: moment })
  }
  return (
    <div className="alias-at">
      <div className="alias-at-question" role="group" aria-label="What an alias was at a time">
        <label>
          What was{' '}
          <select
            className="input"
            value={alias}
            aria-label="Alias"
            onChange={(event) => ask({ alias: event.target.value, on })}
          >
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          on{' '}
          <input
            type="date"
            className="input"
            aria-label="Day"
            max={dayOf(new Date())}
            value={typed.day}
            onChange={(event) => say({ ...typed, day: event.target.value })}
          />
        </label>
        <label>
          at{' '}
          <input
            type="time"
            className="input"
            aria-label="Time, if not the whole day"
            disabled={!typed.day}
            value={typed.time}
            onChange={(event) => say({ ...typed, time: event.target.value })}
          />
        </label>
        {on && (
          <button type="button" className="button button-small button-quiet" onClick={() => ask({ alias, on: null })}>
            Now
          </button>
        )}
      </div>
      <div role="status">
        <Answer {...rest} alias={alias} on={on} />
      </div>
    </div>
  )
}

function Answer({ collectionId, place, alias, on, intervals }: Omit<AliasAtProps, 'names' | 'ask'>) {
  const [opened] = useState(Date.now)
  const span = on ? spanOfMoment(on) : null
  const end = span ? Math.min(span.end, Math.max(opened, span.start)) : opened
  const time = new Date(end).toISOString()
  const { data, error, refetch } = useQuery(ALIAS_AT, { collection: collectionId, alias, time })
  if (error) return <ErrorNote error={error} retry={refetch} />
  if (!data) return <p className="alias-at-answer quiet">…</p>
  const held = data.collection?.alias?.at
  const interval =
    held &&
    intervals.find(
      (each) =>
        each.version === held.version && Date.parse(each.from) <= end && (!each.until || Date.parse(each.until) > end),
    )
  const thatDay = span ? within(intervals, { ...span, end }, Date.now()) : []
  const when = on ? momentInWords(on, thatDay.length > 1) : 'now'
  return (
    <>
      {held ? (
        <p className="alias-at-answer">
          <AliasChip name={alias} /> {on ? 'was' : 'is'}{' '}
          <Link href={paths.version(place, held.version)}>
            <VersionChip version={held.version} />
          </Link>{' '}
          {when},{' '}
          <Link href={artifactPath(held.artifact.name)} title={held.artifact.name}>
            {held.artifact.name}
          </Link>
          {held.artifact.deletedAt && <span className="quiet"> (deleted since)</span>}{' '}
          <Link className="alias-at-lineage" href={paths.version(place, held.version, 'lineage')}>
            <Icon name="map" size={14} /> Lineage
          </Link>
        </p>
      ) : (
        <p className="alias-at-answer">
          <AliasChip name={alias} /> {on ? 'was' : 'is'} not set {when}.
        </p>
      )}
      {interval && (
        <p className="quiet">
          Set by {interval.actor.displayName || interval.actor.name} on {minuteOf(interval.from)}
          {interval.reason && `: ${interval.reason}`}
        </p>
      )}
      {thatDay.length > 1 && (
        <p className="quiet">
          It changed that {on?.includes('T') ? 'minute' : 'day'}:{' '}
          {thatDay
            .map(
              (each) =>
                `${each.version}${each.until && Date.parse(each.until) <= end ? ` until ${clock(each.until)}` : ''}`,
            )
            .join(', then ')}
          .
        </p>
      )}
    </>
  )
}
