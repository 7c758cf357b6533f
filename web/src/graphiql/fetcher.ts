import type { Fetcher } from '@graphiql/toolkit'
import { Kind, parse, type DocumentNode } from 'graphql'

/**
 * A fetcher that goes by the text it is given. GraphiQL reads what is typed only 100 ms later, and says of what is run
 * sooner what was true of the text before: another operation's name, and a query where a subscription stands.
 */
export function readingTheText(fetcher: Fetcher): Fetcher {
  return (params, options) => {
    const document = read(params.query)
    if (!document) return fetcher(params, options)
    const names = document.definitions.flatMap((each) =>
      each.kind === Kind.OPERATION_DEFINITION ? (each.name?.value ?? []) : [],
    )
    const operationName = names.find((name) => name === params.operationName) ?? (names.length === 1 ? names[0]! : null)
    return fetcher({ ...params, operationName }, { ...options, documentAST: document })
  }
}

/** The document, or null where it is none: the server says what is wrong with it. */
function read(text: string): DocumentNode | null {
  try {
    return parse(text)
  } catch {
    return null
  }
}
