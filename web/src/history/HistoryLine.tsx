import { memo, useId, useState } from 'react'
import { Link } from 'wouter'
import { Icon } from '../ui/Icon'
import { exactTime, Time } from '../ui/Time'
import { clock } from '../ui/days'
import type { Filters, Place } from './filters'
import { wordsOf } from './kinds'
import { LineDetails } from './LineDetails'
import type { Line } from './lines'
import { Sentence } from './Sentence'
import { plain, sentence, type AliasPart } from './sentence'

interface HistoryLineProps {
  line: Line
  place: Place['kind']
  /** The address of this history with a filter more. */
  narrowed: (filters: Partial<Filters>) => string
  aliasHref: (part: AliasPart) => string | null
}

/** One line: who did what, why and when; on demand all that the log has of it. */
export const HistoryLine = memo(function HistoryLine({ line, place, narrowed, aliasHref }: HistoryLineProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const { event } = line
  const parts = sentence(event, place)
  const { icon, tone } = wordsOf(event.kind)
  const who = event.actor.displayName || event.actor.name
  return (
    <li className="history-line" data-tone={tone} data-quiet={event.alias === 'latest' || undefined}>
      <time className="history-clock" dateTime={event.createdAt} title={exactTime(event.createdAt)}>
        {clock(event.createdAt)}
      </time>
      <span className="history-mark">
        <Icon name={icon} size={14} />
      </span>
      <div className="history-said">
        <p>
          <Link
            className="history-name"
            href={narrowed({ actor: event.actor.name })}
            title={`${event.actor.name}: show only what they did`}
          >
            {who}
          </Link>{' '}
          <Sentence parts={parts} aliasHref={aliasHref} />
        </p>
        {event.reason && <p className="history-reason">{event.reason}</p>}
      </div>
      <span className="history-when">
        <Time at={event.createdAt} />
      </span>
      <button
        type="button"
        className="button button-quiet button-icon"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={`Details: ${who} ${plain(parts)}`}
        title="Details"
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? 'chevron-up' : 'chevron-down'} />
      </button>
      {open && <LineDetails id={id} line={line} />}
    </li>
  )
})
