import { describe, expect, test } from 'vitest'
import { place, ticks } from '../../src/history/timeline/axis'
import { barsOf, isLongSettled, shownSpan, within, type Interval } from '../../src/history/timeline/intervals'
import { readMoment, spanOfMoment, withMoment } from '../../src/history/timeline/moment'

const at = (month: number, day: number, hour = 0, minute = 0) => new Date(2026, month - 1, day, hour, minute)

function interval(version: string, from: Date, until: Date | null): Interval {
  return {
    version,
    from: from.toISOString(),
    until: until && until.toISOString(),
    artifact: { name: `zoo:${version}` },
    actor: { name: 'tomas', displayName: null },
    reason: null,
    endedBy: null,
    endedReason: null,
  }
}

// Newest first, as the server has them.
const PRODUCTION = [
  interval('v2', at(3, 11, 9), null),
  interval('v0', at(3, 4, 7, 45), at(3, 11, 9)),
  interval('v1', at(3, 3, 9, 30), at(3, 4, 7, 45)),
  interval('v0', at(2, 26, 9), at(3, 3, 9, 30)),
]
const NOW = at(3, 21).getTime()
const versions = (intervals: { version: string }[]) => intervals.map(({ version }) => version)

describe('intervals', () => {
  test('of a day are those that stood in it at some time', () => {
    expect(versions(within(PRODUCTION, spanOfMoment('2026-03-03')!, NOW))).toEqual(['v0', 'v1'])
    expect(versions(within(PRODUCTION, spanOfMoment('2026-03-06')!, NOW))).toEqual(['v0'])
    expect(versions(within(PRODUCTION, spanOfMoment('2026-02-25')!, NOW))).toEqual([])
    expect(versions(within(PRODUCTION, spanOfMoment('2026-03-20')!, NOW))).toEqual(['v2'])
  })

  test('one that begins when a day does is of that day and not of the one before', () => {
    const midnight = [interval('v1', at(3, 5), null), interval('v0', at(3, 1), at(3, 5))]
    expect(versions(within(midnight, spanOfMoment('2026-03-04')!, NOW))).toEqual(['v0'])
    expect(versions(within(midnight, spanOfMoment('2026-03-05')!, NOW))).toEqual(['v1'])
  })

  test('are bars within the width, oldest first, none too narrow to be seen', () => {
    const span = { start: at(2, 26).getTime(), end: NOW }
    const bars = barsOf([...PRODUCTION, interval('v9', at(3, 15, 9), at(3, 15, 9, 1))], span, 500, NOW)
    expect(versions(bars.map(({ interval }) => interval))).toEqual(['v0', 'v1', 'v0', 'v2', 'v9'])
    for (const { x, width } of bars) {
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x + width).toBeLessThanOrEqual(500)
      expect(width).toBeGreaterThanOrEqual(4)
    }
  })

  test('outside of what is shown have no bar; one that is cut off goes on', () => {
    const bars = barsOf(PRODUCTION, { start: at(3, 5).getTime(), end: at(3, 12).getTime() }, 100, NOW)
    expect(bars.map(({ interval, goesOn }) => [interval.version, goesOn])).toEqual([
      ['v0', false],
      ['v2', true],
    ])
    expect(bars[0]!.x).toBe(0)
  })
})

describe('what an axis shows', () => {
  const shown = { from: null, until: null, moment: null, toNow: false }

  test('are the changes, until shortly after the last one, unless it is asked for more', () => {
    const later = at(11, 1).getTime()
    const span = shownSpan(PRODUCTION, shown, later)
    expect(span.start).toBeLessThan(at(2, 26, 9).getTime())
    expect(span.end).toBeGreaterThan(at(3, 11, 9).getTime())
    expect(span.end).toBeLessThan(at(3, 16).getTime())
    expect(isLongSettled(PRODUCTION, later)).toBe(true)
    expect(isLongSettled(PRODUCTION, at(3, 14).getTime())).toBe(false)
    expect(shownSpan(PRODUCTION, { ...shown, toNow: true }, later).end).toBe(later)
  })

  test('takes in the moment that is asked about', () => {
    const moment = spanOfMoment('2026-09-01')!
    expect(shownSpan(PRODUCTION, { ...shown, moment }, at(11, 1).getTime()).end).toBe(moment.end)
  })

  test('is what the filters say, and never after now', () => {
    const span = shownSpan(PRODUCTION, { ...shown, from: '2026-03-03', until: '2026-03-05' }, NOW)
    expect(span).toEqual({ start: at(3, 3).getTime(), end: at(3, 6).getTime() })
    expect(shownSpan(PRODUCTION, { ...shown, until: '2027-01-01' }, NOW).end).toBe(NOW)
    expect(shownSpan([], shown, NOW).end).toBeLessThanOrEqual(NOW)
  })
})

describe('ticks', () => {
  test('are round times in order, as many as there is room for', () => {
    for (const days of [0.05, 0.5, 2, 9, 40, 200, 266, 900, 5000, 40000]) {
      const span = { start: NOW - days * 86_400_000, end: NOW }
      for (const most of [2, 3, 7, 12]) {
        const found = ticks(span, most)
        expect(found.length, `${days} days, ${most}`).toBeLessThanOrEqual(most)
        const places = found.map((tick) => place(tick.at, span, 1000))
        expect(places).toEqual([...places].sort((a, b) => a - b))
        expect(places.every((x) => x >= 0 && x <= 1000)).toBe(true)
      }
      expect(ticks(span, 7).length, `${days} days`).toBeGreaterThan(0)
    }
  })

  test('of months are their first days', () => {
    const found = ticks({ start: at(1, 15).getTime(), end: at(6, 15).getTime() }, 7)
    expect(found.map((tick) => tick.at)).toEqual([2, 3, 4, 5, 6].map((month) => at(month, 1).getTime()))
  })
})

test('the address keeps the alias and the moment', () => {
  const moment = { alias: 'production', on: '2026-03-03T09:30' }
  const address = withMoment(new URLSearchParams('by=tomas'), moment)
  expect(readMoment(new URLSearchParams(address.toString()))).toEqual(moment)
  expect(withMoment(address, { alias: null, on: null }).toString()).toBe('by=tomas')
  for (const on of ['2026-02-30', '2026-03-03T24:00', '2026-03-03T9:30', 'yesterday', '2026-03-03T09:30T'])
    expect(readMoment(new URLSearchParams({ on })).on).toBeNull()
})

test('a moment is a whole day, or a whole minute', () => {
  expect(spanOfMoment('2026-03-03')).toEqual({ start: at(3, 3).getTime(), end: at(3, 4).getTime() - 1 })
  expect(spanOfMoment('2026-03-03T09:30')).toEqual({
    start: at(3, 3, 9, 30).getTime(),
    end: at(3, 3, 9, 31).getTime() - 1,
  })
})
