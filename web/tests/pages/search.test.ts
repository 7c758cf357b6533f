import { expect, test } from 'vitest'
import { byGroup, hitsOf, versionNamed } from '../../src/pages/search/hits'
import { readKind } from '../../src/pages/search/kinds'

const found = {
  search: {
    totalCount: 4,
    pageInfo: { hasNextPage: false, endCursor: null },
    nodes: [
      {
        name: 'ab12',
        object: {
          __typename: 'Run' as const,
          id: 'r',
          runPath: 'team/zoo/ab12',
          displayName: 'calm-sea-3',
          state: 'FINISHED' as const,
          jobType: null,
        },
      },
      {
        name: 'zoo',
        object: {
          __typename: 'Collection' as const,
          id: 'c',
          collectionPath: 'default/model/zoo',
          kind: 'REGISTRY' as const,
          type: 'model',
          text: null,
        },
      },
      {
        name: 'model',
        object: { __typename: 'Registry' as const, id: 'g', organization: { name: 'default' }, text: null },
      },
      { name: 'nobody', object: { __typename: 'User' as const, id: 'u' } },
    ],
  },
}

test('what was found stands in groups, and what has no page is left out', () => {
  const groups = byGroup(hitsOf([found]))
  expect(groups.map(([group, hits]) => [group, hits.map(({ title, href }) => [title, href])])).toEqual([
    ['Registries', [['model', '/registry/default/model']]],
    ['Registry collections', [['zoo', '/registry/default/model/zoo']]],
    ['Runs', [['calm-sea-3', '/projects/team/zoo/runs/ab12']]],
  ])
})

test('a whole name of a version leads to it, a part of one does not', () => {
  expect(versionNamed('team/zoo/split:v4')).toBe('/projects/team/zoo/artifacts/split/v4/overview')
  expect(versionNamed('split:v4')).toBeNull()
  expect(versionNamed('team/zoo/split')).toBeNull()
})

test('an address names one kind, or all', () => {
  expect(readKind(new URLSearchParams('q=zoo&kind=RUN'))).toBe('RUN')
  expect(['', 'kind=run', 'kind=toString'].map((text) => readKind(new URLSearchParams(text)))).toEqual([
    null,
    null,
    null,
  ])
})
