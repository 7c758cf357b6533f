import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { GraphQLError, Unreachable } from '../api/client'

/** Who uses this browser. */
export interface Session {
  /** Null: nobody is signed in. */
  user: { username: string } | null
  isAdmin: boolean
  /** Let in without a key, as the local user. */
  local: boolean
  needsKey: boolean
}

const KEY = ['session']
const NOBODY: Session = { user: null, isAdmin: false, local: false, needsKey: true }

/** What `/session` says, be it to GET, POST or DELETE. */
async function askSession(method: 'GET' | 'POST' | 'DELETE', body?: { key: string }): Promise<Session> {
  let response: Response
  try {
    response = await fetch('/session', {
      method,
      headers: { Accept: 'application/json', ...(body ? { 'Content-Type': 'application/json' } : {}) },
      body: body ? JSON.stringify(body) : null,
    })
  } catch {
    throw new Unreachable('The server can’t be reached.')
  }
  const answer = await response.json().catch(() => null)
  if (response.ok && answer) return answer as Session
  const [error] = (answer?.errors ?? []) as { message: string; extensions?: { code?: string } }[]
  throw new GraphQLError(
    error?.message ?? `The server answered ${response.status}.`,
    error?.extensions?.code ?? 'INTERNAL',
    null,
  )
}

export function useSession() {
  return useQuery({ queryKey: KEY, queryFn: () => askSession('GET'), staleTime: 60_000 })
}

/** Whether a session lets nobody in, so that a key has to be asked for. */
export function mustSignIn(session: Session | undefined): boolean {
  return session !== undefined && session.needsKey && session.user === null
}

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationKey: KEY,
    mutationFn: (key: string) => askSession('POST', { key }),
    onSuccess: (session) => begin(client, session),
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationKey: KEY,
    mutationFn: () => askSession('DELETE'),
    onSuccess: (session) => begin(client, session),
  })
}

/** What one person has read is not for the next one. */
function begin(client: QueryClient, session: Session): void {
  client.setQueryData(KEY, session)
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== KEY[0] })
}

/** Notices in every answer that the server no longer knows who is asking: a key was revoked, a session has ended. */
export function useSessionWatch(): void {
  const client = useQueryClient()
  useEffect(() => {
    const notice = (error: unknown) => {
      if (error instanceof GraphQLError && error.code === 'UNAUTHENTICATED') client.setQueryData(KEY, NOBODY)
    }
    const queries = client.getQueryCache().subscribe(({ type, query }) => {
      if (type === 'updated' && query.queryKey[0] !== KEY[0]) notice(query.state.error)
    })
    const mutations = client.getMutationCache().subscribe(({ type, mutation }) => {
      if (type === 'updated' && mutation.options.mutationKey?.[0] !== KEY[0]) notice(mutation.state.error)
    })
    return () => {
      queries()
      mutations()
    }
  }, [client])
}
