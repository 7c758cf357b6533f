import { expect, test } from 'vitest'
import { formatBytes, formatDuration, inWords, shortDigest } from '../../src/ui/format'

test('durations have two units at most', () => {
  const seconds = [0, 0.84, 9.96, 59.4, 60, 72, 3_599, 3_600, 12_600, 86_400, 183_600]
  expect(seconds.map((each) => formatDuration(each * 1000))).toEqual([
    '0.0 s',
    '0.8 s',
    '10.0 s',
    '59 s',
    '1 min',
    '1 min 12 s',
    '59 min 59 s',
    '1 h',
    '3 h 30 min',
    '1 d',
    '2 d 3 h',
  ])
})

test('bytes are in steps of a thousand', () => {
  expect([0, 999, 999_960, 1_234_567, '9007199254740993'].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 MB',
    '1.2 MB',
    '9.0 PB',
  ])
})

test('a digest is cut where it is long', () => {
  expect(shortDigest('sha256:0123456789abcdef0123')).toBe('sha256:0123456789ab…')
  expect(shortDigest('"etag"')).toBe('"etag"')
})

test('a value of an enum is words', () => {
  expect(inWords('RESTRICTED_VIEWER')).toBe('Restricted viewer')
})
