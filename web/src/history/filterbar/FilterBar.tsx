import { useMemo, type ReactNode } from 'react'
import { usePeople } from '../../api/people'
import { hasFilters, NO_FILTERS, versionName, type Filters, type Place } from '../filters'
import type { Line } from '../lines'
import './filterbar.css'
import { KindFilter } from './KindFilter'
import { SuggestFilter, type Suggestion } from './SuggestFilter'
import { TimeFilter } from './TimeFilter'

interface FilterBarProps {
  place: Place
  filters: Filters
  lines: Line[]
  /** What the collection has by now; `lines` name what it had, too. */
  aliases: readonly string[]
  onChange: (filters: Filters, options?: { replace: boolean }) => void
  children: ReactNode
}

/** The filters of a history, and what else stands beside them. */
export function FilterBar({ place, filters, lines, aliases, onChange, children }: FilterBarProps) {
  const suggestions = useSuggestions(lines, aliases)
  const set = (some: Partial<Filters>, replace = false) => onChange({ ...filters, ...some }, { replace })
  return (
    <div className="filter-bar" role="group" aria-label="Filters">
      <KindFilter place={place.kind} value={filters.kinds} onChange={(kinds, again) => set({ kinds }, again)} />
      <SuggestFilter
        icon="user"
        name="Person"
        none="Anyone"
        value={filters.actor}
        suggestions={suggestions.people}
        onChange={(actor) => set({ actor })}
      />
      <SuggestFilter
        icon="alias"
        name="Alias"
        none="Any alias, or none"
        value={filters.alias}
        suggestions={suggestions.aliases}
        onChange={(alias) => set({ alias })}
      />
      <SuggestFilter
        icon="collection"
        name="Version"
        none="Any version, or none"
        value={filters.version}
        suggestions={suggestions.versions}
        typed={versionName}
        onChange={(version) => set({ version })}
      />
      <TimeFilter value={filters} onChange={(range) => set(range)} />
      {hasFilters(filters) && (
        <button type="button" className="link filter-reset" onClick={() => onChange(NO_FILTERS)}>
          Clear all
        </button>
      )}
      <div className="filter-end">{children}</div>
    </div>
  )
}

/** What the filters offer: the people of the server, and what the lines that are here name. */
function useSuggestions(lines: Line[], aliases: readonly string[]) {
  const users = usePeople()
  return useMemo(() => {
    const people = new Map<string, string | null>()
    const named = new Set(aliases)
    const versions = new Set<string>()
    for (const { name, displayName } of users ?? []) people.set(name, displayName ?? null)
    for (const { event } of lines) {
      people.set(event.actor.name, event.actor.displayName ?? null)
      if (event.alias) named.add(event.alias)
      if (event.version) versions.add(event.version)
    }
    const plain = (values: Iterable<string>): Suggestion[] => [...values].map((value) => ({ value }))
    return {
      people: [...people].map(([value, label]) => ({ value, label })),
      aliases: plain([...named].sort()),
      versions: plain([...versions].sort((a, b) => Number(b.slice(1)) - Number(a.slice(1)))),
    }
  }, [users, lines, aliases])
}
