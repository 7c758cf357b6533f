import type { TypedDocumentString } from './generated/graphql'

/** What the server refused, in its words, with its code. */
export class GraphQLError extends Error {
  constructor(
    message: string,
    /** One of the closed set of the schema's `ErrorCode`. */
    readonly code: string,
    readonly requestId: string | null,
    /** Which input is at fault, outermost first. */
    readonly field: readonly string[] = [],
  ) {
    super(message)
  }
}

/** The server could not be reached, or what answered was not our server. */
export class Unreachable extends Error {}

interface Answer<Result> {
  data?: Result | null
  errors?: { message: string; extensions?: { code?: string; field?: string[] } }[]
}

/**
 * Asks the server one operation. Throws `GraphQLError` for what it refuses and `Unreachable`; an answer with data and
 * errors is refused as a whole, since no operation of ours is useful in part.
 */
export async function execute<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> {
  let response: Response
  try {
    response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/graphql-response+json, application/json',
      },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: signal ?? null,
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Unreachable('The server can’t be reached.')
  }
  let answer: Answer<Result>
  try {
    answer = (await response.json()) as Answer<Result>
  } catch {
    throw new Unreachable(`The server answered ${response.status}, and not in GraphQL.`)
  }
  const [error] = answer.errors ?? []
  if (error || !answer.data) {
    throw new GraphQLError(
      error?.message ?? 'The server sent no data.',
      error?.extensions?.code ?? 'INTERNAL',
      response.headers.get('X-Request-ID'),
      error?.extensions?.field,
    )
  }
  return answer.data
}

/** What went wrong, in words for the reader. */
export function explain(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
