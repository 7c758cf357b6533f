import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { execute } from '../../api/client'
import { Icon } from '../../ui/Icon'
import { ErrorNote } from '../../ui/Note'
import { Skeleton } from '../../ui/Skeleton'
import { formatCount } from '../../ui/format'
import type { Filters } from '../filters'
import { TIMELINE } from '../operations'
import { AliasAt } from './AliasAt'
import { IntervalTable } from './IntervalTable'
import type { Interval } from './intervals'
import { readMoment, withMoment, type Moment } from './moment'
import { TimelineChart } from './TimelineChart'
import type { Aliases } from './useAliases'
import './timeline.css'

const LANES = 6
const MOST_INTERVALS = 1000

interface AliasTimelinesProps {
  collectionId: string
  aliases: Aliases
  filters: Filters
}

/** What the aliases of a collection pointed at through time, and the answer to "what was it on that day?". */
export function AliasTimelines({
  collectionId,
  aliases: { names, collection, isPending },
  filters,
}: AliasTimelinesProps) {
  const [address, setAddress] = useSearchParams()
  const { alias, on } = readMoment(address)
  const chosen = alias ?? filters.alias ?? names[0]
  const [all, setAll] = useState(false)
  const [asTable, setAsTable] = useState(false)
  const known = chosen && !names.includes(chosen) ? [chosen, ...names] : names
  const shown = all ? known : known.filter((name, index) => index < LANES || name === chosen)
  const lanes = useLanes(collectionId, shown)
  if (isPending)
    return (
      <div className="timelines">
        <Skeleton lines={8} />
      </div>
    )
  if (!chosen || !collection) return null
  const ask = (moment: Moment) =>
    setAddress((now) => withMoment(now, moment), { replace: on !== null && moment.alias === chosen })
  const failed = lanes.find(({ error }) => error)
  const place = { path: collection.path, kind: collection.kind }
  const intervals = lanes.find(({ name }) => name === chosen)?.intervals
  return (
    <section className="timelines" aria-labelledby="timelines">
      <header className="timelines-header">
        <h2 id="timelines">Aliases over time</h2>
        <button
          type="button"
          className="button button-small"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          <Icon name="list" size={14} /> Table
        </button>
      </header>
      {failed && <ErrorNote error={failed.error} retry={failed.retry} />}
      {lanes.some(({ intervals }) => intervals) ? (
        <TimelineChart lanes={lanes} range={filters} chosen={chosen} on={on} ask={ask} />
      ) : (
        !failed && <Skeleton lines={shown.length + 1} />
      )}
      {known.length > shown.length && (
        <button type="button" className="link timelines-more" onClick={() => setAll(true)}>
          Show {formatCount(known.length - shown.length, 'more alias', 'more aliases')}
        </button>
      )}
      <AliasAt
        collectionId={collectionId}
        place={place}
        names={known}
        alias={chosen}
        on={on}
        intervals={intervals ?? []}
        ask={ask}
      />
      {asTable && intervals && <IntervalTable alias={chosen} place={place} intervals={intervals} />}
    </section>
  )
}

export interface Lane {
  name: string
  intervals: Interval[] | undefined
}

function useLanes(collectionId: string, names: string[]) {
  return useQueries({
    queries: names.map((alias) => {
      const variables = { collection: collectionId, alias, first: MOST_INTERVALS }
      return {
        queryKey: [TIMELINE.toString(), variables],
        queryFn: ({ signal }: { signal: AbortSignal }) => execute(TIMELINE, variables, signal),
      }
    }),
    combine: (answers) =>
      answers.map(({ data, error, refetch }, index) => ({
        name: names[index]!,
        intervals: data && (data.collection?.alias?.history ?? []),
        error: data ? null : error,
        retry: refetch,
      })),
  })
}
