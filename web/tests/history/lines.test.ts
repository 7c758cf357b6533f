import { describe, expect, test } from 'vitest'
import { daysOf, linesOf } from '../../src/history/lines'
import { plain, sentence } from '../../src/history/sentence'
import { event, move } from './events'

const said = (events: Parameters<typeof linesOf>[0]) =>
  linesOf(events).map((line) => plain(sentence(line.event, 'collection')))

describe('lines', () => {
  test('an alias that moved is one line, which holds both halves', () => {
    const [added, removed] = move('production', 'v3', 'v5')
    const [line, ...more] = linesOf([added, removed])
    expect(more).toEqual([])
    expect([line!.event, line!.removed]).toEqual([added, removed])
    expect(said([added, removed])).toEqual(['moved production from v3 to v5'])
  })

  test('a page border between the halves changes no line that is shown', () => {
    const first = [event(), move('production', 'v3', 'v5')]
    const [added, removed] = first[1] as ReturnType<typeof move>
    const newer = [first[0] as ReturnType<typeof event>, added]
    const before = linesOf(newer)
    const after = linesOf([...newer, removed, event({ version: 'v0' })])
    expect(after.slice(0, before.length).map((line) => line.id)).toEqual(before.map((line) => line.id))
    expect(said(newer)).toEqual(said([...newer, removed]))
    expect(after).toHaveLength(3)
  })

  test('halves are told apart by collection, alias, time, person and version', () => {
    const [added, removed] = move('production', 'v3', 'v5')
    for (const other of [
      { collection: { ...removed.collection!, id: 'other' } },
      { alias: 'staging' },
      { createdAt: '2026-03-03T09:30:00.000001Z' },
      { actor: { name: 'maya', displayName: null } },
      { version: 'v2' },
    ])
      expect(linesOf([added, { ...removed, ...other }])).toHaveLength(2)
  })

  test('several moves of one transaction are a line each, in whatever order their halves came', () => {
    const [a, b] = move('production', 'v3', 'v5')
    const [c, d] = move('latest', 'v4', 'v5')
    expect(said([a, c, d, b])).toEqual(['moved production from v3 to v5', 'moved latest from v4 to v5'])
  })

  test('a half that stands alone says what it is', () => {
    const [added, removed] = move('production', 'v3', 'v5')
    expect(said([added])).toEqual(['moved production from v3 to v5'])
    expect(said([removed])).toEqual(['took production off v3'])
    expect(said([event({ kind: 'ALIAS_ADDED', alias: 'staging', version: 'v0' })])).toEqual(['set staging on v0'])
  })

  test('a removal before a setting is no move of it', () => {
    const [added, removed] = move('production', 'v3', 'v5')
    expect(linesOf([removed, added])).toHaveLength(2)
  })

  test('lines are grouped by day, in the order of the log', () => {
    const at = (createdAt: string) => event({ createdAt })
    const days = daysOf(linesOf([at('2026-03-03T12:00:00Z'), at('2026-03-03T11:00:00Z'), at('2026-03-01T12:00:00Z')]))
    expect(days.map(({ day, lines }) => [day, lines.length])).toEqual([
      ['2026-03-03', 2],
      ['2026-03-01', 1],
    ])
  })

  test('a day that comes again, since a line was written late, is a day of its own', () => {
    const at = (day: number) => event({ createdAt: `2026-03-0${day}T12:00:00Z` })
    const days = daysOf(linesOf([at(3), at(1), at(3), at(3)]))
    expect(days.map(({ day, lines }) => [day, lines.length])).toEqual([
      ['2026-03-03', 1],
      ['2026-03-01', 1],
      ['2026-03-03', 2],
    ])
    expect(new Set(days.map(({ key }) => key)).size).toBe(3)
  })
})

describe('sentences', () => {
  const say = (facts: Parameters<typeof event>[0], place: 'collection' | 'server' = 'collection') =>
    plain(sentence(event(facts), place))

  test('a version is linked in a registry and logged in a project', () => {
    const collection = { id: 'c', name: 'zoo', path: 'zoo-team/zoo/zoo', kind: 'SOURCE' as const, deletedAt: null }
    const run = { id: 'r', path: 'zoo-team/zoo/ylbchv20', displayName: 'rural-feather-20', deletedAt: null }
    expect(say({})).toBe('linked zoo-gh22k7rt:v0 as v1')
    expect(say({ collection, run })).toBe('logged v1 with run rural-feather-20')
    expect(say({ kind: 'VERSION_REMOVED' })).toBe('unlinked v1, which is zoo-gh22k7rt:v0')
  })

  test('the collection is named where more than one is shown, and once', () => {
    expect(say({ kind: 'TAG_ADDED', tag: 'vision' }, 'server')).toBe('added the tag vision to v1 in model/zoo')
    expect(say({ kind: 'TAG_ADDED', tag: 'vision', version: null, artifact: null }, 'server')).toBe(
      'added the tag vision to model/zoo',
    )
  })

  test('an edit names what was set', () => {
    expect(say({ kind: 'ARTIFACT_UPDATED', detail: { description: 'x', metadata: {} } })).toBe(
      'edited the description and the metadata of v1',
    )
    expect(say({ kind: 'COLLECTION_UPDATED', detail: { name: 'aviary' } })).toBe('renamed the collection to “aviary”')
  })

  test('roles name whom and where', () => {
    const subject = { __typename: 'User' as const, name: 'maya', displayName: 'Maya Okafor' }
    expect(say({ kind: 'MEMBER_SET', collection: null, version: null, subject, role: 'ADMIN' }, 'server')).toBe(
      'made Maya Okafor an admin of model',
    )
  })

  test('a kind that is not known yet is told by its name and by what it names', () => {
    const kind = 'VERSION_SIGNED' as never
    expect(say({ kind })).toBe('did “Version signed” on v1')
    expect(say({ kind, collection: null, version: null, artifact: null }, 'server')).toBe('did “Version signed”')
  })

  test('what an event does not name has words that stand for it', () => {
    expect(say({ kind: 'RUN_DELETED', collection: null, run: null }, 'server')).toBe('deleted a run')
  })
})
