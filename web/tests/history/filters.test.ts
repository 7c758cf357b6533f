import { expect, test } from 'vitest'
import { dayOf, isDay, shiftedDay, startOfDay } from '../../src/ui/days'
import { asked, hasFilters, NO_FILTERS, readFilters, versionName, withFilters } from '../../src/history/filters'

const FILTERS = {
  kinds: ['ALIAS_ADDED' as const, 'ALIAS_REMOVED' as const],
  actor: 'tomas',
  alias: 'prod & more',
  version: 'v3',
  from: '2026-03-01',
  until: '2026-03-31',
}

test('the address keeps the filters, and what else is in it', () => {
  const address = withFilters(new URLSearchParams('version=v7&lane=production'), FILTERS)
  expect(address.get('version')).toBe('v7')
  expect(readFilters(new URLSearchParams(address.toString()))).toEqual(FILTERS)
  expect(withFilters(address, NO_FILTERS).toString()).toBe('version=v7&lane=production')
})

test('what makes no sense in an address is left out', () => {
  const filters = readFilters(
    new URLSearchParams('kind=NO_SUCH,ALIAS_ADDED,ALIAS_ADDED,toString&by=+&from=2026-02-30&until=soon'),
  )
  expect(filters).toEqual({ ...NO_FILTERS, kinds: ['ALIAS_ADDED'] })
  expect(hasFilters(filters)).toBe(true)
  expect(hasFilters(NO_FILTERS)).toBe(false)
})

test('days are asked for from the first moment of one to the last of the other, in the zone of the reader', () => {
  const filter = asked({ kind: 'collection', id: 'zoo' }, FILTERS)
  expect(filter).toMatchObject({ collection: 'zoo', actor: 'tomas', alias: 'prod & more', version: 'v3' })
  expect(filter.from).toBe(new Date(2026, 2, 1).toISOString())
  expect(filter.until).toBe(new Date(2026, 3, 1).toISOString())
})

test('the whole server is asked for without conditions', () => {
  expect(asked({ kind: 'server' }, NO_FILTERS)).toEqual({})
  expect(asked({ kind: 'registry', id: 'model' }, NO_FILTERS)).toEqual({ registry: 'model' })
})

test('a version may be typed in several ways', () => {
  expect(['3', 'v3', 'V03', 'three'].map(versionName)).toEqual(['v3', 'v3', 'v3', 'three'])
})

test('there are only the days of the calendar', () => {
  expect(['2024-02-29', '2026-02-29', '2026-3-3', null].map(isDay)).toEqual([true, false, false, false])
  expect(shiftedDay('2026-03-01', -1)).toBe('2026-02-28')
  expect(dayOf(startOfDay('2026-10-25', 1)!)).toBe('2026-10-26')
})
