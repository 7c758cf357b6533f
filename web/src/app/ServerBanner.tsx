import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Unreachable } from '../api/client'

const TRY_AGAIN = 3_000

/** Says that the server is gone, asks for it until it is back, and then brings the page up to date. */
export function ServerBanner() {
  const client = useQueryClient()
  const [gone, setGone] = useState(false)
  useEffect(
    () =>
      client.getQueryCache().subscribe(({ query }) => {
        const reason = query.state.fetchFailureReason ?? query.state.error
        if (reason instanceof Unreachable) setGone(true)
      }),
    [client],
  )
  useEffect(() => {
    if (!gone) return
    const timer = setInterval(async () => {
      const answer = await fetch('/healthz').catch(() => null)
      if (answer?.ok) {
        setGone(false)
        await client.invalidateQueries()
      }
    }, TRY_AGAIN)
    return () => clearInterval(timer)
  }, [gone, client])
  if (!gone) return null
  return (
    <div className="banner" role="alert">
      The server can’t be reached. This page shows what was read last, and goes on by itself when the server is back.
    </div>
  )
}
