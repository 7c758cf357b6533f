import { useMemo } from 'react'
import type { HistoryAliasesSetQuery } from '../../api/generated/graphql'
import { useQuery } from '../../api/hooks'
import { aliasTone } from '../../ui/Chip'
import type { Place } from '../filters'
import { ALIASES_SET } from '../operations'

export interface Aliases {
  /** What is in service first, `latest` last. */
  names: string[]
  collection: HistoryAliasesSetQuery['collection']
  isPending: boolean
}

const RANK = { strong: 0, plain: 1, quiet: 2 }

/** The aliases of a collection, those that it has and those that it had of late. */
export function useAliases(place: Place): Aliases {
  const isCollection = place.kind === 'collection' && place.id !== undefined
  const id = place.id ?? ''
  const { data, isPending } = useQuery(
    ALIASES_SET,
    { collection: id, filter: { collection: id, kinds: ['ALIAS_ADDED'] } },
    { enabled: isCollection },
  )
  return useMemo(() => {
    const set = data?.actionEvents.nodes.map(({ alias }) => alias) ?? []
    const held = data?.collection?.aliases.map(({ name }) => name) ?? []
    const names = [...new Set([...held, ...set])].filter((name): name is string => Boolean(name))
    names.sort((a, b) => RANK[aliasTone(a)] - RANK[aliasTone(b)] || a.localeCompare(b))
    return { names, collection: data?.collection ?? null, isPending: isCollection && isPending }
  }, [data, isPending, isCollection])
}
