import { useRef, useState } from 'react'
import { AliasChip } from '../../ui/Chip'
import { dayOf, minuteKey } from '../../ui/days'
import type { Lane } from './AliasTimelines'
import { place, ticks } from './axis'
import { isLongSettled, shownSpan, type Bar } from './intervals'
import { IntervalCard } from './IntervalCard'
import { spanOfMoment, type Moment } from './moment'
import { TimelineLane } from './TimelineLane'
import { useWidth } from './useWidth'

const TICK_WIDTH = 96
const AXIS = 24

interface TimelineChartProps {
  lanes: Lane[]
  range: { from: string | null; until: string | null }
  chosen: string
  on: string | null
  ask: (moment: Moment) => void
}

/** A lane for each alias, on one axis of time. A bar tells on hover and focus who set it and why. */
export function TimelineChart({ lanes, range, chosen, on, ask }: TimelineChartProps) {
  const { element, width } = useWidth<HTMLDivElement>()
  // The axis ends when the page was opened: it does not move while it is read.
  const now = useRef(Date.now()).current
  const [told, setTold] = useState<{ alias: string; lane: number; bar: Bar } | null>(null)
  const [toNow, setToNow] = useState(false)
  const moment = on ? spanOfMoment(on) : null
  const all = lanes.flatMap(({ intervals }) => intervals ?? [])
  const filtered = range.from !== null || range.until !== null
  const settled = !filtered && isLongSettled(all, now)
  const span = shownSpan(all, { ...range, moment, toNow: toNow || !settled }, now)
  const mark = moment && Math.min(moment.end, now)
  const marks = width > 0 ? ticks(span, Math.max(2, Math.floor(width / TICK_WIDTH))) : []
  const at = (x: number, bar: Bar | null): string => {
    const day = dayOf(new Date(span.start + (x / width) * (span.end - span.start)))
    // A day is too coarse for what did not stand for one.
    const start = bar && new Date(bar.interval.from)
    return start && dayOf(start) === day ? minuteKey(start) : day
  }
  return (
    <div
      className="timeline"
      onKeyDown={(event) => event.key === 'Escape' && setTold(null)}
      onPointerLeave={() => setTold(null)}
    >
      <div className="timeline-names">
        {lanes.map(({ name }) => (
          <button
            key={name}
            type="button"
            className="timeline-name"
            aria-pressed={name === chosen}
            aria-label={`Ask about ${name}`}
            onClick={() => ask({ alias: name, on })}
          >
            <AliasChip name={name} />
          </button>
        ))}
      </div>
      <div className="timeline-lanes" ref={element}>
        {lanes.map(({ name, intervals }, lane) => (
          <TimelineLane
            key={name}
            alias={name}
            intervals={intervals ?? []}
            span={span}
            width={width}
            now={now}
            ticks={marks}
            tell={(bar) => setTold(bar && { alias: name, lane, bar })}
            pick={(x, bar) => ask({ alias: name, on: at(x, bar) })}
            pickStart={(bar) => ask({ alias: name, on: minuteKey(new Date(bar.interval.from)) })}
          />
        ))}
        <svg className="timeline-axis" width={width} height={AXIS} aria-hidden="true">
          {marks.map(({ at, label }) => {
            const x = place(at, span, width)
            return x > width - (settled ? 130 : 40) ? null : (
              <text key={at} x={x + 4} y={16}>
                {label}
              </text>
            )
          })}
        </svg>
        {mark !== null && mark >= span.start && mark <= span.end && (
          <span className="timeline-mark" style={{ left: Math.round(place(mark, span, width)) }} aria-hidden="true" />
        )}
        {settled && (
          <button type="button" className="link timeline-now" aria-pressed={toNow} onClick={() => setToNow(!toNow)}>
            {toNow ? 'Show the changes' : 'Show until now'}
          </button>
        )}
        {told && <IntervalCard {...told} width={width} />}
      </div>
    </div>
  )
}
