import { describe, expect, test } from 'vitest'
import { choicesOf } from '../../src/history/filterbar/SuggestFilter'
import { presets, rangeInWords } from '../../src/history/filterbar/TimeFilter'
import { versionName } from '../../src/history/filters'
import { shortDay } from '../../src/ui/days'

describe('what a filter offers', () => {
  const people = [
    { value: 'maya', label: 'Maya Okafor' },
    { value: 'tomas', label: null },
  ]
  const values = (text: string) => choicesOf(people, text, (each) => each, 'Anyone').map(({ value }) => value)

  test('is none and all while nothing is typed', () => {
    expect(values('')).toEqual([null, 'maya', 'tomas'])
  })

  test('is what has the text in its value or its name, and the text itself last', () => {
    expect(values('OKA')).toEqual(['maya', 'OKA'])
    expect(values('ma')).toEqual(['maya', 'tomas', 'ma'])
  })

  test('is the exact one first, and then not the text once more', () => {
    expect(values('tomas')).toEqual(['tomas'])
  })

  test('puts right what is typed', () => {
    const versions = [{ value: 'v30' }, { value: 'v3' }]
    expect(choicesOf(versions, '3', versionName, 'Any').map(({ value }) => value)).toEqual(['v3', 'v30'])
  })
})

test('a range is said as short as may be', () => {
  const [first, last] = [shortDay('2026-03-03'), shortDay('2026-03-05')]
  expect(rangeInWords({ from: '2026-03-03', until: '2026-03-05' })).toBe(`${first} to ${last}`)
  expect(rangeInWords({ from: '2026-03-03', until: '2026-03-03' })).toBe(first)
  expect(rangeInWords({ from: '2026-03-03', until: null })).toBe(`Since ${first}`)
  expect(rangeInWords({ from: null, until: '2026-03-05' })).toBe(`Until ${last}`)
  expect(rangeInWords({ from: null, until: null })).toBeNull()
})

test('the last seven days begin six days ago', () => {
  expect(Object.fromEntries(presets('2026-03-05'))['Last 7 days']).toEqual({ from: '2026-02-27', until: null })
})
