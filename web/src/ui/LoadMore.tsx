import { useEffect, useRef } from 'react'
import { ErrorNote } from './Note'

interface LoadMoreProps {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
  /** What came instead of the next page: it is asked for again only when the reader says so. */
  error?: unknown
  isFetchNextPageError?: boolean
  /** Not by itself, where the next page does not come at the end of what is read. */
  byHand?: boolean
}

/** Fetches the next page when the end of the list comes into view; a button for those who do not scroll. */
export function LoadMore({
  hasNextPage,
  isFetchingNextPage,
  fetchNextPage,
  error,
  isFetchNextPageError = false,
  byHand = false,
}: LoadMoreProps) {
  const end = useRef<HTMLButtonElement>(null)
  const waits = byHand || isFetchNextPageError
  useEffect(() => {
    const button = end.current
    if (!button || !hasNextPage || isFetchingNextPage || waits) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && fetchNextPage(), {
      rootMargin: '400px',
    })
    observer.observe(button)
    return () => observer.disconnect()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, waits])
  if (!hasNextPage) return null
  if (isFetchNextPageError && !isFetchingNextPage) return <ErrorNote error={error} retry={() => void fetchNextPage()} />
  return (
    <button
      ref={end}
      type="button"
      className="button load-more"
      disabled={isFetchingNextPage}
      onClick={() => fetchNextPage()}
    >
      {isFetchingNextPage ? 'Loading…' : 'Load more'}
    </button>
  )
}
