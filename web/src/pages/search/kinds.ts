import type { SearchKind } from '../../api/generated/graphql'

/** What a search can be narrowed to, and what it is called. */
export const KINDS: [SearchKind, string][] = [
  ['REGISTRY', 'Registries'],
  ['COLLECTION', 'Collections'],
  ['PROJECT', 'Projects'],
  ['RUN', 'Runs'],
  ['ARTIFACT', 'Versions'],
]

/** The kind that an address names; null: all of them. */
export function readKind(parameters: URLSearchParams): SearchKind | null {
  const named = parameters.get('kind')
  return KINDS.find(([kind]) => kind === named)?.[0] ?? null
}
