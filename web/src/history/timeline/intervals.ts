import type { HistoryTimelineQuery } from '../../api/generated/graphql'
import { startOfDay } from '../../ui/days'
import { HUES } from '../../ui/hues'
import { place, type Span } from './axis'

type Timeline = NonNullable<NonNullable<HistoryTimelineQuery['collection']>['alias']>
export type Interval = Timeline['history'][number]

const NARROWEST = 4
const MARGIN = 0.03
const AFTER = 0.25
const SHORTEST = 3_600_000

/** An interval's start and end; what still stands ends now. */
export function spanOf(interval: Pick<Interval, 'from' | 'until'>, now: number): Span {
  return { start: Date.parse(interval.from), end: interval.until ? Date.parse(interval.until) : now }
}

export interface Shown {
  /** The days of the filters. */
  from: string | null
  until: string | null
  /** A moment that is asked about: it is in sight. */
  moment: Span | null
  /** As far as now, even if nothing has changed for long. */
  toNow: boolean
}

/** The time that an axis shows: what the filters say, else the changes and some time after the last one. */
export function shownSpan(intervals: readonly Interval[], { from, until, moment, toNow }: Shown, now: number): Span {
  const since = from ? startOfDay(from) : null
  const before = until ? startOfDay(until, 1) : null
  const changes = intervals
    .flatMap((interval) => [interval.from, interval.until ?? interval.from])
    .map((time) => Date.parse(time))
  const first = Math.min(now - SHORTEST, ...changes)
  const last = Math.max(first, ...changes)
  const settled = toNow || before ? now : Math.min(now, last + Math.max(SHORTEST, (last - first) * AFTER))
  const end = Math.min(now, Math.max(before ? before.getTime() : settled, moment && !before ? moment.end : 0))
  const start = Math.min(since ? since.getTime() : first - (end - first) * MARGIN, end - SHORTEST)
  return { start, end }
}

/** Whether the changes lie so far back that they would be crowded on an axis until now. */
export function isLongSettled(intervals: readonly Interval[], now: number): boolean {
  const short = shownSpan(intervals, { from: null, until: null, moment: null, toNow: false }, now)
  return (short.end - short.start) * 2 < now - short.start
}

export interface Bar {
  interval: Interval
  x: number
  width: number
  /** It goes on behind the right end. */
  goesOn: boolean
}

/** The bars of the intervals that are within a span, oldest first; one that is short is wide enough to be seen. */
export function barsOf(intervals: readonly Interval[], span: Span, width: number, now: number): Bar[] {
  return intervals
    .map((interval) => ({ interval, ...spanOf(interval, now) }))
    .filter(({ start, end }) => end > span.start && start < span.end)
    .map(({ interval, start, end }) => {
      const from = Math.max(0, place(start, span, width))
      const to = Math.min(width, place(end, span, width))
      const wide = Math.max(NARROWEST, to - from)
      return { interval, x: Math.min(from, width - wide), width: wide, goesOn: end > span.end }
    })
    .sort((a, b) => Date.parse(a.interval.from) - Date.parse(b.interval.from))
}

/** What an alias was at some time of a stretch of time, oldest first. */
export function within(intervals: readonly Interval[], { start, end }: Span, now: number): Interval[] {
  return intervals
    .filter((interval) => {
      const span = spanOf(interval, now)
      return span.start <= end && (interval.until ? span.end > start : true)
    })
    .sort((a, b) => Date.parse(a.from) - Date.parse(b.from))
}

/** The hue of a version: the one before it and the one after have others. */
export function versionHue(version: string): number {
  return (Number(version.replace(/\D/g, '')) || 0) % HUES
}
