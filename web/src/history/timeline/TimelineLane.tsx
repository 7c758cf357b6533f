import { useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { minuteOf } from '../../ui/days'
import { place, type Span, type Tick } from './axis'
import { barsOf, versionHue, type Bar, type Interval } from './intervals'

const HEIGHT = 34
const BAR = 24
const LABEL_WIDTH = 26

interface TimelineLaneProps {
  alias: string
  intervals: Interval[]
  span: Span
  width: number
  now: number
  ticks: Tick[]
  /** A bar is looked at; null: none is. */
  tell: (bar: Bar | null) => void
  /** A place in the lane was clicked, on a bar or beside it. */
  pick: (x: number, bar: Bar | null) => void
  pickStart: (bar: Bar) => void
}

/** One alias through time. The arrows go from bar to bar, Enter asks about the time at which it begins. */
export function TimelineLane({ alias, intervals, span, width, now, ticks, tell, pick, pickStart }: TimelineLaneProps) {
  const bars = barsOf(intervals, span, width, now)
  const [at, setAt] = useState<number | null>(null)
  const current = Math.min(at ?? bars.length - 1, bars.length - 1)
  const svg = useRef<SVGSVGElement>(null)
  const walk = (event: KeyboardEvent) => {
    const to: Record<string, number> = {
      ArrowLeft: Math.max(0, current - 1),
      ArrowRight: Math.min(bars.length - 1, current + 1),
      Home: 0,
      End: bars.length - 1,
    }
    if (event.key in to) svg.current?.querySelectorAll<SVGElement>('[role=button]')[to[event.key]!]?.focus()
    else if ((event.key === 'Enter' || event.key === ' ') && bars[current]) pickStart(bars[current])
    else return
    event.preventDefault()
  }
  const click = (event: MouseEvent, bar: Bar | null) => {
    event.stopPropagation()
    pick(event.clientX - (svg.current?.getBoundingClientRect().left ?? 0), bar)
  }
  return (
    <svg
      ref={svg}
      className="timeline-lane"
      width={width}
      height={HEIGHT}
      role="group"
      aria-label={`${alias} over time`}
      onKeyDown={walk}
      onClick={(event) => click(event, null)}
    >
      {ticks.map((tick) => (
        <line
          key={tick.at}
          className="timeline-tick"
          x1={place(tick.at, span, width)}
          x2={place(tick.at, span, width)}
          y1={0}
          y2={HEIGHT}
        />
      ))}
      <line className="timeline-unset" x1={0} x2={width} y1={HEIGHT / 2} y2={HEIGHT / 2} />
      {bars.map((bar, index) => (
        <g
          key={bar.interval.from + bar.interval.version}
          className="timeline-bar"
          data-hue={versionHue(bar.interval.version)}
          role="button"
          tabIndex={index === current ? 0 : -1}
          aria-label={barInWords(alias, bar.interval)}
          onFocus={() => {
            setAt(index)
            tell(bar)
          }}
          onBlur={() => tell(null)}
          onPointerEnter={() => tell(bar)}
          onClick={(event) => click(event, bar)}
        >
          <rect
            x={bar.x + 0.5}
            y={(HEIGHT - BAR) / 2}
            width={Math.max(2, bar.width - 1) + (bar.goesOn ? BAR : 0)}
            height={BAR}
            rx={4}
          />
          {bar.goesOn && <path d={`M${width - 12} ${HEIGHT / 2 - 4}l4 4l-4 4`} />}
          {bar.width >= LABEL_WIDTH && (
            <text x={bar.x + 8} y={HEIGHT / 2 + 4}>
              {bar.interval.version}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}

/** All that a bar says, for who does not see it. */
function barInWords(alias: string, { version, from, until, actor, reason, endedBy, endedReason }: Interval): string {
  const set = `${alias} was ${version} from ${minuteOf(from)} ${until ? `until ${minuteOf(until)}` : 'until now'}`
  const who = `set by ${actor.displayName || actor.name}${reason ? `: ${reason}` : ''}`
  const end =
    until && endedBy ? `ended by ${endedBy.displayName || endedBy.name}${endedReason ? `: ${endedReason}` : ''}` : null
  return [set, who, end].filter(Boolean).join('; ')
}
