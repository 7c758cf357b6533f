import { describe, expect, test } from 'vitest'
import { cell, headOf, lineOf, recordOf } from '../../src/history/export/formats'
import { beginSaving, saveNext } from '../../src/history/export/saving'
import type { FetchPage } from '../../src/history/feed'
import { event } from './events'

describe('a cell of CSV', () => {
  test('is no formula to a spreadsheet', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', ' =1+1', '\t=1', '\r=1', '\n1', '＝1', '\u0000=1'])
      expect(cell(text)).toMatch(/^"'/)
    expect(cell('=HYPERLINK("http://x")')).toBe('"\'=HYPERLINK(""http://x"")"')
  })

  test('is quoted where it has what parts cells', () => {
    expect(['a,b', 'a"b', 'a\r\nb', 'a;b'].map(cell)).toEqual(['"a,b"', '"a""b"', '"a\r\nb"', '"a;b"'])
    expect(['plain', 'v3', '2026-03-03T09:30:00.000000Z'].map(cell)).toEqual([
      'plain',
      'v3',
      '2026-03-03T09:30:00.000000Z',
    ])
  })

  test('holds JSON for what is no text, and nothing for null', () => {
    expect(cell({ size: 3 })).toBe('"{""size"":3}"')
    expect([null, undefined].map(cell)).toEqual(['', ''])
  })
})

test('each line of CSV has as many cells as there are columns', () => {
  const columns = headOf('csv').trim().split(',').length
  const cells = lineOf('csv', event({ reason: 'birds are found' }))
    .trim()
    .split(',')
  expect(cells).toHaveLength(columns)
  expect(columns).toBe(Object.keys(recordOf(event())).length)
})

test('a line of NDJSON is the whole record, detail as it is', () => {
  const told = event({ reason: '=1\n2', detail: { size: 3 } })
  const line = lineOf('ndjson', told)
  expect(line.indexOf('\n')).toBe(line.length - 1)
  expect(JSON.parse(line)).toEqual(recordOf(told))
  expect(JSON.parse(line)).toMatchObject({ reason: '=1\n2', detail: { size: 3 }, collection: 'default/model/zoo' })
})

test('a file takes all pages, and goes on where an error came', async () => {
  const events = Array.from({ length: 250 }, (_, index) => event({ id: String(index) }))
  const fetchPage: FetchPage = async (first, after) => {
    const start = after === null ? 0 : Number(after) + 1
    const nodes = events.slice(start, start + first)
    return { nodes, pageInfo: { hasNextPage: start + first < events.length, endCursor: nodes.at(-1)?.id ?? null } }
  }
  let saving = await saveNext(beginSaving('ndjson'), fetchPage)
  await expect(saveNext(saving, async () => Promise.reject(new Error('gone')))).rejects.toThrow('gone')
  while (!saving.isDone) saving = await saveNext(saving, fetchPage)
  const lines = (await saving.content.text()).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).id)).toEqual(events.map(({ id }) => id))
  expect(saving.count).toBe(250)
})
