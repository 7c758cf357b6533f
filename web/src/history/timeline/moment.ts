import { isDay, minuteOf, shortDay, startOfDay } from '../../ui/days'
import type { Span } from './axis'

/** Which alias is asked about, and as of when. */
export interface Moment {
  alias: string | null
  /** A day, or a minute of it, of the reader's zone: `2026-03-03` or `2026-03-03T09:30`. */
  on: string | null
}

/** Their names in the address. */
const KEYS = { alias: 'lane', on: 'on' } as const
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/

export function readMoment(address: URLSearchParams): Moment {
  const on = address.get(KEYS.on)
  return { alias: address.get(KEYS.alias) || null, on: on && spanOfMoment(on) ? on : null }
}

/** The address with another moment; the rest of it stays. */
export function withMoment(address: URLSearchParams, moment: Moment): URLSearchParams {
  const next = new URLSearchParams(address)
  for (const name of ['alias', 'on'] as const) {
    const value = moment[name]
    if (value) next.set(KEYS[name], value)
    else next.delete(KEYS[name])
  }
  return next
}

/** The stretch that a moment is: the day, or the minute, without its end; null if there is no such day or minute. */
export function spanOfMoment(on: string): Span | null {
  const [day = '', clock, ...more] = on.split('T')
  if (!isDay(day) || more.length) return null
  const start = startOfDay(day)!
  if (clock === undefined) return { start: start.getTime(), end: startOfDay(day, 1)!.getTime() - 1 }
  if (!CLOCK.test(clock)) return null
  start.setHours(Number(clock.slice(0, 2)), Number(clock.slice(3)))
  return { start: start.getTime(), end: start.getTime() + 59_999 }
}

/** "on 3 Mar 2026", or "at the end of 3 Mar 2026" if it changed that day; "on 3 Mar 2026, 09:30". */
export function momentInWords(on: string, changed: boolean): string {
  const span = spanOfMoment(on)
  if (on.includes('T') && span) return `on ${minuteOf(new Date(span.start))}`
  return `${changed ? 'at the end of' : 'on'} ${shortDay(on)}`
}
