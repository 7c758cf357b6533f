import type { EventKind, HistoryNewsSubscriptionVariables, ServerEventFilter } from '../api/generated/graphql'
import { isDay, startOfDay } from '../ui/days'
import { isKnownKind } from './kinds'

/** Whose history: of one collection, of a registry with its collections, of the whole server. */
export interface Place {
  kind: 'collection' | 'registry' | 'server'
  id?: string | undefined
}

/** Which lines are shown. Days are the reader's, both included. */
export interface Filters {
  kinds: EventKind[]
  actor: string | null
  alias: string | null
  version: string | null
  from: string | null
  until: string | null
}

export const NO_FILTERS: Filters = { kinds: [], actor: null, alias: null, version: null, from: null, until: null }

/** Their names in the address. `version` there is the one that a collection's page has chosen: it is not ours. */
const KEYS = { kinds: 'kind', actor: 'by', alias: 'alias', version: 'of', from: 'from', until: 'until' } as const

/** The filters that an address names. What makes no sense is left out. */
export function readFilters(address: URLSearchParams): Filters {
  const text = (key: string) => address.get(key)?.trim() || null
  const day = (key: string) => {
    const found = address.get(key)
    return isDay(found) ? found : null
  }
  return {
    kinds: [...new Set((address.get(KEYS.kinds) ?? '').split(',').filter(isKnownKind))],
    actor: text(KEYS.actor),
    alias: text(KEYS.alias),
    version: text(KEYS.version),
    from: day(KEYS.from),
    until: day(KEYS.until),
  }
}

/** The address with other filters; the rest of it stays. */
export function withFilters(address: URLSearchParams, filters: Filters): URLSearchParams {
  const next = new URLSearchParams(address)
  for (const name of Object.keys(KEYS) as (keyof typeof KEYS)[]) {
    const value = filters[name]
    const text = Array.isArray(value) ? value.join(',') : value
    if (text) next.set(KEYS[name], text)
    else next.delete(KEYS[name])
  }
  return next
}

export function hasFilters(filters: Filters): boolean {
  return Object.values(filters).some((value) => (Array.isArray(value) ? value.length > 0 : value !== null))
}

/** What the server is asked. */
export function asked(place: Place, { kinds, actor, alias, version, from, until }: Filters): ServerEventFilter {
  const start = from ? startOfDay(from) : null
  const end = until ? startOfDay(until, 1) : null
  return {
    ...(place.kind !== 'server' && place.id ? { [place.kind]: place.id } : {}),
    ...(kinds.length ? { kinds: [...kinds].sort() } : {}),
    ...(actor ? { actor } : {}),
    ...(alias ? { alias } : {}),
    ...(version ? { version } : {}),
    ...(start ? { from: start.toISOString() } : {}),
    ...(end ? { until: end.toISOString() } : {}),
  }
}

/** Of what the server is to tell news. */
export function asksNews({ kind, id }: Place): HistoryNewsSubscriptionVariables {
  return kind !== 'server' && id ? { [kind]: { id } } : {}
}

/** A version as the server names it, from what somebody typed: "3", "V3" and "v3" are one. */
export function versionName(typed: string): string {
  return /^v?\d+$/i.test(typed) ? `v${Number(typed.replace(/^v/i, ''))}` : typed
}
