import {
  QueryClient,
  useInfiniteQuery,
  useMutation as useTanstackMutation,
  useQuery as useTanstackQuery,
  useQueryClient,
  type UseInfiniteQueryResult,
  type UseQueryResult,
} from '@tanstack/react-query'
import { execute, GraphQLError, Unreachable } from './client'
import type { TypedDocumentString } from './generated/graphql'

const PATIENCE = 5

/** What was read is shown at once and asked again when it is looked at again; a lost server is tried for half a minute. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => error instanceof Unreachable && failures < PATIENCE,
        retryDelay: (failures) => Math.min(1000 * 2 ** failures, 8_000),
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  })
}

export interface Asking {
  enabled?: boolean
  /** Show the former answer while a new one, with other variables, is on its way. */
  keepPrevious?: boolean
  staleTime?: number
}

/** One operation's answer. It is remembered by the operation and its variables. */
export function useQuery<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  { enabled = true, keepPrevious = false, staleTime }: Asking = {},
): UseQueryResult<Result> {
  return useTanstackQuery({
    queryKey: [document.toString(), variables],
    queryFn: ({ signal }) => execute(document, variables, signal),
    enabled,
    ...(keepPrevious ? { placeholderData: (previous: Result | undefined) => previous as never } : {}),
    ...(staleTime === undefined ? {} : { staleTime }),
  }) as UseQueryResult<Result>
}

interface PageInfo {
  hasNextPage: boolean
  endCursor?: string | null
}

/** The pages of a connection, one after the other. `variables` go without `after`, which the operation must take. */
export function usePages<Result, Variables extends { after?: string | null | undefined }>(
  document: TypedDocumentString<Result, Variables>,
  variables: Omit<Variables, 'after'>,
  pageInfo: (result: Result) => PageInfo | null | undefined,
  { enabled = true, keepPrevious = false }: Pick<Asking, 'enabled' | 'keepPrevious'> = {},
): UseInfiniteQueryResult<{ pages: Result[] }> {
  return useInfiniteQuery({
    queryKey: [document.toString(), variables],
    queryFn: ({ signal, pageParam }) => execute(document, { ...variables, after: pageParam } as Variables, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => {
      const page = pageInfo(last)
      return page?.hasNextPage ? (page.endCursor ?? null) : null
    },
    enabled,
    ...(keepPrevious ? { placeholderData: (previous: unknown) => previous as never } : {}),
  }) as UseInfiniteQueryResult<{ pages: Result[] }>
}

interface Payload {
  errors: { code: string; message: string; field?: string[] }[]
}

/**
 * A mutation. Its payload's errors are thrown as `GraphQLError`, to be shown beside the control; when it went well,
 * everything that is on screen is asked again.
 */
export function useMutation<Result extends Record<string, unknown>, Variables>(
  document: TypedDocumentString<Result, Variables>,
  /** To be done first: to leave a page before it is asked again for what is gone now. */
  first?: (result: Result) => void,
) {
  const client = useQueryClient()
  return useTanstackMutation({
    mutationFn: async (variables: Variables) => {
      const result = await execute(document, variables)
      for (const payload of Object.values(result)) {
        const [error] = (payload as Payload | null)?.errors ?? []
        if (error) throw new GraphQLError(error.message, error.code, null, error.field)
      }
      return result
    },
    onSuccess: (result) => {
      first?.(result)
      return client.invalidateQueries()
    },
  })
}
