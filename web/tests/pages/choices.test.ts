import { describe, expect, test } from 'vitest'
import { choicesFor } from '../../src/pages/collection/choices'

const choice = (index: number, ...aliases: string[]) => ({
  id: `m${index}`,
  version: `v${index}`,
  createdAt: '2026-03-03T09:30:00.000000Z',
  aliases: aliases.map((name) => ({ name })),
})

const page = (nodes: ReturnType<typeof choice>[], exact: ReturnType<typeof choice> | null = null) => ({
  collection: { id: 'c', exact, versions: { pageInfo: { hasNextPage: false, endCursor: null }, nodes } },
})

const shown = (...given: Parameters<typeof choicesFor>) => choicesFor(...given).map(({ version }) => version)

describe('the versions to choose from', () => {
  const loaded = [choice(120, 'latest'), choice(12, 'production'), choice(1)]

  test('are all that are loaded while nothing is typed', () => {
    expect(shown([page(loaded)], '')).toEqual(['v120', 'v12', 'v1'])
  })

  test('have the exact one first, also where it is not loaded', () => {
    expect(shown([page(loaded, choice(3))], '3')).toEqual(['v3'])
    expect(shown([page(loaded, choice(1))], 'v1')).toEqual(['v1', 'v120', 'v12'])
  })

  test('are found by a part of an alias', () => {
    expect(shown([page(loaded)], 'PROD')).toEqual(['v12'])
  })

  test('are found by a digest, which is in no word of theirs', () => {
    expect(shown([page(loaded, choice(7))], `sha256:${'0'.repeat(64)}`)).toEqual(['v7'])
  })

  test('have what is typed, if it may be a version, until the server has answered', () => {
    const unanswered = choicesFor([page(loaded)], '2', false).map(({ version, createdAt }) => [
      version,
      createdAt === null,
    ])
    expect(unanswered).toEqual([['v2', true]])
    expect(choicesFor([page(loaded)], '1', false)[0]).toEqual(choice(1))
    expect(shown([page(loaded)], 'nothing', false)).toEqual([])
  })

  test('do not have what was asked for before', () => {
    expect(shown([page(loaded, choice(7))], '12')).toEqual(['v12', 'v120'])
  })
})
