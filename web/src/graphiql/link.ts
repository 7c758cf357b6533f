/** An operation in the address of this page. It stands behind the `#`, so that no server and no log gets it. */
export interface LinkedOperation {
  query: string
  variables: string | null
}

export function readLink(hash: string): LinkedOperation | null {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''))
  const query = parameters.get('query')
  return query?.trim() ? { query, variables: parameters.get('variables') } : null
}

export function linkTo({ query, variables }: LinkedOperation): string {
  return `#${new URLSearchParams({ query, ...(variables?.trim() ? { variables } : {}) })}`
}
