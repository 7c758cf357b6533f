import { createClient } from 'graphql-ws'
import { useEffect, useRef, useState } from 'react'
import { asksNews, type Place } from './filters'
import { NEWS } from './operations'

const LONGEST_WAIT = 30_000

/**
 * Calls back when a place's history may have new lines: for each that the server tells of, and once it can be heard of
 * again. Returns whether news come by themselves now; while they don't, the history has to be asked for.
 *
 * It is a WebSocket, and no event stream: of these a browser opens six to one server, and then nothing else.
 */
export function useNews({ kind, id }: Place, onNews: () => void): boolean {
  const [isTold, setTold] = useState(false)
  const tell = useRef(onNews)
  useEffect(() => {
    tell.current = onNews
  })
  useEffect(() => {
    const client = createClient({
      url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
      retryAttempts: Infinity,
      retryWait: (tries) => new Promise((resolve) => setTimeout(resolve, Math.min(1_000 * 2 ** tries, LONGEST_WAIT))),
      on: {
        connected: () => {
          setTold(true)
          tell.current()
        },
        closed: () => setTold(false),
      },
    })
    client.subscribe(
      { query: NEWS.toString(), variables: asksNews({ kind, id }) },
      { next: () => tell.current(), error: () => setTold(false), complete: () => setTold(false) },
    )
    return () => void client.dispose()
  }, [kind, id])
  return isTold
}
