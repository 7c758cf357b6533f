import { describe, expect, test } from 'vitest'
import { paths } from '../../src/app/paths'
import { isVersion, readAddress, versionWanted } from '../../src/pages/collection/address'

describe('the address of a collection', () => {
  test('is its versions, beside which a version may stay chosen', () => {
    expect(readAddress(undefined, undefined, null)).toEqual({ tab: 'versions', version: null })
    expect(readAddress(undefined, undefined, 'v3')).toEqual({ tab: 'versions', version: 'v3' })
  })

  test('is its history, unless an alias of that name has a tab', () => {
    expect(readAddress('history', undefined, 'v3')).toEqual({ tab: 'history', version: 'v3' })
    expect(readAddress('history', 'files', null)).toEqual({ tab: 'files', version: 'history' })
  })

  test('is what it was at a moment', () => {
    expect(readAddress('as-of', undefined, null)).toEqual({ tab: 'as-of', version: null })
  })

  test('is a version or an alias, at first its overview', () => {
    expect(readAddress('v12', undefined, null)).toEqual({ tab: 'overview', version: 'v12' })
    expect(readAddress('production', 'lineage', null)).toEqual({ tab: 'lineage', version: 'production' })
  })

  test('is none with a tab that there is not', () => {
    expect(readAddress('v12', 'nonsense', null)).toBeNull()
    expect(readAddress('v12', 'history', null)).toBeNull()
  })
})

test('what looks like a version is one', () => {
  expect(['v0', 'v10', 'v01', 'v', 'V1', 'latest'].map(isVersion)).toEqual([true, true, false, false, false, false])
})

test('a bare number is a version', () => {
  expect(['100', ' v7 ', 'production', '007'].map(versionWanted)).toEqual(['v100', 'v7', 'production', 'v7'])
})

test('addresses keep names as they are', () => {
  const place = { path: 'a team/x/été 1', kind: 'SOURCE' as const }
  expect(paths.version(place, 'v1', 'files')).toBe('/projects/a%20team/x/artifacts/%C3%A9t%C3%A9%201/v1/files')
  expect(paths.collection({ path: 'default/model/zoo', kind: 'REGISTRY' }, 'history', 'v2')).toBe(
    '/registry/default/model/zoo/history?version=v2',
  )
})
