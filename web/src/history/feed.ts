import { execute } from '../api/client'
import type { HistoryEventsQuery, ServerEventFilter } from '../api/generated/graphql'
import { EVENTS, type HistoryEvent } from './operations'

/** What is known of a history: the newest of it, without a gap, down to `endCursor`. */
export interface Feed {
  events: HistoryEvent[]
  endCursor: string | null
  hasOlder: boolean
}

type Page = HistoryEventsQuery['actionEvents']
export type FetchPage = (first: number, after: string | null) => Promise<Page>

export const PAGE = 50
const HEAD = 20
const MAX_GAP = 10

export function pageOf(filter: ServerEventFilter, signal?: AbortSignal): FetchPage {
  return async (first, after) => (await execute(EVENTS, { filter, first, after }, signal)).actionEvents
}

function begun({ nodes, pageInfo }: Page): Feed {
  return { events: nodes, endCursor: pageInfo.endCursor ?? null, hasOlder: pageInfo.hasNextPage }
}

/** A history with its next page, of what is older. */
export function withOlder(feed: Feed, page: Page): Feed {
  const known = new Set(feed.events.map((event) => event.id))
  const { events, endCursor, hasOlder } = begun(page)
  return {
    events: [...feed.events, ...events.filter((event) => !known.has(event.id))],
    endCursor: endCursor ?? feed.endCursor,
    hasOlder,
  }
}

/**
 * A history brought up to date: what is new is read from the newest line down to one that is known.
 *
 * `current` is asked for when the answers are there, since older pages may have come meanwhile. What lies between known
 * lines and is new is taken in: two servers on one database may write their lines in another order than they began.
 */
export async function refreshed(fetchPage: FetchPage, current: () => Feed | undefined): Promise<Feed> {
  if (!current()?.events.length) return begun(await fetchPage(PAGE, null))
  let head = begun(await fetchPage(HEAD, null))
  for (let pages = 0; pages < MAX_GAP; pages += 1) {
    const feed = current() ?? head
    const last = head.events.at(-1)
    const met = last ? feed.events.findIndex((event) => event.id === last.id) : -1
    if (met >= 0) return { ...feed, events: [...head.events, ...feed.events.slice(met + 1)] }
    if (!head.hasOlder) return head
    head = withOlder(head, await fetchPage(PAGE, head.endCursor))
  }
  return head
}
