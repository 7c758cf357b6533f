import { expect, test } from 'vitest'
import { readRunFilter } from '../../src/pages/project/runFilter'
import { durationOf } from '../../src/pages/run/RunFacts'

test('the filter of runs is read from the address, and what it can’t mean is left out', () => {
  expect(readRunFilter(new URLSearchParams('q=ab&state=FAILED&order=oldest'))).toEqual({
    text: 'ab',
    states: ['FAILED'],
    order: 'oldest',
  })
  expect(readRunFilter(new URLSearchParams('state=GONE&order=toString'))).toEqual({
    text: '',
    states: [],
    order: 'newest',
  })
})

test('a run lasts until it ended, was last heard of, or now', () => {
  const startedAt = '2026-03-03T09:00:00Z'
  const now = Date.parse('2026-03-03T10:00:00Z')
  const run = { startedAt, finishedAt: null, heartbeatAt: null }
  expect(durationOf({ ...run, state: 'FINISHED', finishedAt: '2026-03-03T09:00:30Z' }, now)).toBe(30_000)
  expect(durationOf({ ...run, state: 'CRASHED', heartbeatAt: '2026-03-03T09:01:00Z' }, now)).toBe(60_000)
  expect(durationOf({ ...run, state: 'RUNNING', heartbeatAt: '2026-03-03T09:01:00Z' }, now)).toBe(3_600_000)
  expect(durationOf({ ...run, state: 'CRASHED' }, now)).toBeNull()
  expect(durationOf({ ...run, state: 'PENDING', startedAt: null }, now)).toBeNull()
})
