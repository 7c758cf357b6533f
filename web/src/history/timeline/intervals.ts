import type { HistoryTimelineQuery } from '../../api/generated/graphql'
import { startOfDay } from '../days'
import { place, type Span } from './axis'

type Timeline = NonNullable<NonNullable<HistoryTimelineQuery['collection']>['alias']>
export type Interval = Timeline['history'][number]

const HUES = 6
const NARROWEST = 4
const MARGIN = 0.03
const SHORTEST = 3_600_000

/** An interval's start and end; what still stands ends now. */
export function spanOf(interval: Pick<Interval, 'from' | 'until'>, now: number): Span {
  return { start: Date.parse(interval.from), end: interval.until ? Date.parse(interval.until) : now }
}

/** The time that an axis shows: what the filters say, else from the first interval until now. */
export function shownSpan(intervals: readonly Interval[], range: { from: string | null; until: string | null }, now: number): Span {
  const from = range.from ? startOfDay(range.from) : null
  const until = range.until ? startOfDay(range.until, 1) : null
  const end = Math.min(until ? until.getTime() : now, now)
  const first = Math.min(end - SHORTEST, ...intervals.map((interval) => Date.parse(interval.from)))
  const start = from ? Math.min(from.getTime(), end - SHORTEST) : first - (end - first) * MARGIN
  return { start, end }
}

export interface Bar {
  interval: Interval
  x: number
  width: number
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
      return { interval, x: Math.min(from, width - wide), width: wide }
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
