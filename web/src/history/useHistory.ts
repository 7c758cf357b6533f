import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { asked, type Filters, type Place } from './filters'
import { pageOf, PAGE, refreshed, withOlder, type Feed } from './feed'
import { inTurn } from './inTurn'
import { linesOf, type Line } from './lines'
import { useNews } from './useNews'

/** How often a history is asked for while its news don't come by themselves, and else, for what was missed. */
const POLL = 15_000
const RARE_POLL = 60_000
/** Between two answers to news: many lines may be written at once. */
const PAUSE = 500

interface History {
  lines: Line[]
  /** How many lines have come that are not shown yet. */
  waiting: number
  showWaiting: () => void
  isLoading: boolean
  /** The lines are those of the former filters; the right ones are on their way. */
  isStale: boolean
  error: unknown
  retry: () => void
  hasOlder: boolean
  isLoadingOlder: boolean
  olderError: unknown
  loadOlder: () => void
}

/** The history of a place, newest first, kept up to date while it is looked at. */
export function useHistory(place: Place, filters: Filters): History {
  const client = useQueryClient()
  const filter = useMemo(() => asked(place, filters), [place.kind, place.id, filters])
  const address = JSON.stringify(filter)
  const key = useMemo(() => ['action-history', address], [address])
  const isTold = useNews(place, useUpdate(key))
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => refreshed(pageOf(filter, signal), () => client.getQueryData<Feed>(key)),
    placeholderData: keepPreviousData,
    // Not while the tab is hidden: then nobody would see it.
    refetchInterval: isTold ? RARE_POLL : POLL,
  })
  const [older, setOlder] = useState<{ key: unknown; error: unknown } | null>(null)
  const mine = older?.key === key ? older : null
  const loadOlder = useCallback(async () => {
    const feed = client.getQueryData<Feed>(key)
    if (!feed?.hasOlder) return
    setOlder({ key, error: null })
    try {
      const page = await pageOf(filter)(PAGE, feed.endCursor)
      client.setQueryData<Feed>(key, (now) => now && withOlder(now, page))
      setOlder(null)
    } catch (reason) {
      setOlder({ key, error: reason })
    }
  }, [client, key, filter])
  const all = useMemo(() => linesOf(data?.events ?? []), [data])
  const newestRead = useCallback(() => linesOf(client.getQueryData<Feed>(key)?.events ?? [])[0]?.id, [client, key])
  const { shown, waiting, showWaiting } = useShown(all, isPlaceholderData ? 'former' : address, newestRead)
  return {
    lines: shown,
    waiting,
    showWaiting,
    isLoading: isPending,
    isStale: isPlaceholderData,
    error: data ? null : error,
    retry: refetch,
    hasOlder: Boolean(data?.hasOlder) && !isPlaceholderData,
    isLoadingOlder: mine !== null && mine.error === null,
    olderError: mine?.error ?? null,
    loadOlder,
  }
}

/** Asks for what is new; of a tab that is hidden, once it is looked at again. */
function useUpdate(queryKey: string[]): () => void {
  const client = useQueryClient()
  return useMemo(() => {
    const refetchType = () => (document.visibilityState === 'visible' ? 'active' : 'none')
    return inTurn(() => client.invalidateQueries({ queryKey, refetchType: refetchType() }), PAUSE)
  }, [client, queryKey])
}

/**
 * Which lines are shown. New ones wait until the reader asks for them, so that nothing moves that is being read; what
 * the reader's own change has written is shown at once: `newestRead` is the newest line that the server has told of.
 */
function useShown(lines: Line[], address: string, newestRead: () => string | undefined) {
  const client = useQueryClient()
  const [head, setHead] = useState<{ address: string; id: string | undefined } | null>(null)
  const newest = lines[0]?.id
  const isNew = head?.address !== address || head.id === undefined
  useEffect(() => {
    if (isNew && newest !== undefined) setHead({ address, id: newest })
  }, [isNew, newest, address])
  useEffect(
    () =>
      // A change has succeeded when what is on screen was asked again.
      client.getMutationCache().subscribe(({ type, mutation }) => {
        if (type === 'updated' && mutation.state.status === 'success') setHead({ address, id: newestRead() })
      }),
    [client, address, newestRead],
  )
  const showWaiting = useCallback(() => setHead({ address, id: newest }), [address, newest])
  const from = isNew
    ? 0
    : Math.max(
        0,
        lines.findIndex((line) => line.id === head.id),
      )
  return { shown: from === 0 ? lines : lines.slice(from), waiting: from, showWaiting }
}
