import { describe, expect, test } from 'vitest'
import { PAGE, refreshed, withOlder, type Feed, type FetchPage } from '../../src/history/feed'
import type { HistoryEvent } from '../../src/history/operations'
import { event } from './events'

/** A log that answers pages as the server does: newest first, the cursor is the id. */
function log(size: number) {
  const events: HistoryEvent[] = Array.from({ length: size }, (_, index) => event({ id: String(size - index) }))
  let asked = 0
  const fetchPage: FetchPage = async (first, after) => {
    asked += 1
    const start = after === null ? 0 : events.findIndex(({ id }) => id === after) + 1
    const nodes = events.slice(start, start + first)
    return { nodes, pageInfo: { hasNextPage: start + first < events.length, endCursor: nodes.at(-1)?.id ?? null } }
  }
  return { events, fetchPage, count: () => asked }
}

const ids = (feed: Feed) => feed.events.map(({ id }) => Number(id))
const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index)

describe('a feed', () => {
  test('begins with the newest page and goes on to the end, each line once', async () => {
    const { fetchPage } = log(2 * PAGE + 7)
    let feed = await refreshed(fetchPage, () => undefined)
    expect(ids(feed)).toEqual(down(107, 58))
    while (feed.hasOlder) feed = withOlder(feed, await fetchPage(PAGE, feed.endCursor))
    expect(ids(feed)).toEqual(down(107, 1))
  })

  test('reads only what is new when it is brought up to date', async () => {
    const { events, fetchPage, count } = log(200)
    const feed = await refreshed(fetchPage, () => undefined)
    events.unshift(event({ id: '202' }), event({ id: '201' }))
    const next = await refreshed(fetchPage, () => feed)
    expect(ids(next)).toEqual(down(202, 151))
    expect(next.endCursor).toBe(feed.endCursor)
    expect(count()).toBe(2)
  })

  test('closes a gap that is larger than a page', async () => {
    const { events, fetchPage } = log(100)
    const feed = await refreshed(fetchPage, () => undefined)
    events.unshift(...down(230, 101).map((id) => event({ id: String(id) })))
    expect(ids(await refreshed(fetchPage, () => feed))).toEqual(down(230, 51))
  })

  test('keeps an older page that came while it was brought up to date', async () => {
    const { events, fetchPage } = log(120)
    let feed = await refreshed(fetchPage, () => undefined)
    const slow: FetchPage = async (first, after) => {
      const page = await fetchPage(first, after)
      feed = withOlder(feed, await fetchPage(PAGE, feed.endCursor))
      return page
    }
    events.unshift(event({ id: '121' }))
    const next = await refreshed(slow, () => feed)
    expect(ids(next)).toEqual(down(121, 21))
    expect(next.endCursor).toBe('21')
  })

  test('takes in a line that was written late, between lines that are known', async () => {
    const { events, fetchPage } = log(60)
    const feed = await refreshed(fetchPage, () => undefined)
    events.splice(3, 0, event({ id: '57.5' }))
    expect(ids(await refreshed(fetchPage, () => feed)).slice(0, 5)).toEqual([60, 59, 58, 57.5, 57])
  })

  test('begins when the first line comes', async () => {
    const { events, fetchPage } = log(0)
    const feed = await refreshed(fetchPage, () => undefined)
    expect(feed).toEqual({ events: [], endCursor: null, hasOlder: false })
    events.unshift(event({ id: '1' }))
    expect(ids(await refreshed(fetchPage, () => feed))).toEqual([1])
  })
})
