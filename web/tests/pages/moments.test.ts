import { expect, test } from 'vitest'
import { justAfter, readMoment } from '../../src/pages/collection/moments'

test.each([
  ['2026-03-03T09:30:00.000000Z', '2026-03-03T09:30:00.000001Z'],
  ['2026-03-03T09:30:00.123456Z', '2026-03-03T09:30:00.123457Z'],
  ['2026-03-03T09:30:59.999999Z', '2026-03-03T09:31:00.000000Z'],
  ['2026-03-03T09:30:00.5Z', '2026-03-03T09:30:00.500001Z'],
  ['2026-03-03T09:30:00Z', '2026-03-03T09:30:00.000001Z'],
])('just after %s is %s', (time, after) => expect(justAfter(time)).toBe(after))

test.each([
  ['2026-03-03T09:30:00Z', true],
  ['yesterday', false],
  ['', false],
  [null, false],
])('%s is a moment: %s', (text, is) => expect(readMoment(text) !== null).toBe(is))
