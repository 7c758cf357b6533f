import { expect, test } from 'vitest'
import { artifactPath, paths } from '../../src/app/paths'

test('what stands in a name and not in an address is encoded, and slashes part', () => {
  expect(paths.registry('our org/model', 'history')).toBe('/registry/our%20org/model/-/history')
  expect(paths.project('team/a?b#c')).toBe('/projects/team/a%3Fb%23c')
  expect(paths.search('a&b=c')).toBe('/search?q=a%26b%3Dc')
})

test('a version is shown in its collection, in a registry or where it was logged', () => {
  expect(paths.version({ path: 'org/model/zoo', kind: 'REGISTRY' }, 'v3', 'lineage')).toBe(
    '/registry/org/model/zoo/v3/lineage',
  )
  expect(paths.version({ path: 'team/zoo/data', kind: 'SOURCE' }, 'v0')).toBe(
    '/projects/team/zoo/artifacts/data/v0/overview',
  )
  expect(artifactPath('team/zoo/data:v4', 'files')).toBe('/projects/team/zoo/artifacts/data/v4/files')
})

test('a run is shown in its project', () => {
  expect(paths.run('team/zoo/a1b2', 'lineage')).toBe('/projects/team/zoo/runs/a1b2/lineage')
})
