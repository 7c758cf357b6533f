import { useCallback, useMemo, useRef, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { paths } from '../app/paths'
import { Icon } from '../ui/Icon'
import { LoadMore } from '../ui/LoadMore'
import { Empty, ErrorNote } from '../ui/Note'
import { Skeleton } from '../ui/Skeleton'
import { formatCount } from '../ui/format'
import { ExportDialog } from './export/ExportDialog'
import { FilterBar } from './filterbar/FilterBar'
import { hasFilters, NO_FILTERS, readFilters, withFilters, type Filters, type Place } from './filters'
import { HistoryList } from './HistoryList'
import './history.css'
import type { AliasPart } from './sentence'
import { AliasTimelines } from './timeline/AliasTimelines'
import { useAliases } from './timeline/useAliases'
import { useHistory } from './useHistory'

/** The action history of a place: its filters stand in the address, and a collection's aliases through time above it. */
export function ActionHistory({ place }: { place: Place }) {
  const [location] = useLocation()
  const [address, setAddress] = useSearchParams()
  const written = address.toString()
  const filters = useMemo(() => readFilters(new URLSearchParams(written)), [written])
  const history = useHistory(place, filters)
  const aliases = useAliases(place)
  const [exporting, setExporting] = useState(false)
  const top = useRef<HTMLDivElement>(null)

  const change = useCallback(
    (next: Filters, options?: { replace: boolean }) => setAddress((now) => withFilters(now, next), options),
    [setAddress],
  )
  const narrowed = useCallback(
    (some: Partial<Filters>) => `${location}?${withFilters(new URLSearchParams(written), { ...filters, ...some })}`,
    [location, written, filters],
  )
  const aliasHref = useCallback(
    ({ alias, collection }: AliasPart) => {
      if (place.kind === 'collection') return narrowed({ alias })
      return (
        collection &&
        `${paths.collection(collection, 'history')}?${withFilters(new URLSearchParams(), { ...NO_FILTERS, alias })}`
      )
    },
    [place.kind, narrowed],
  )
  const { lines, waiting, showWaiting } = history
  return (
    <div className="history">
      {place.kind === 'collection' && place.id && (
        <AliasTimelines collectionId={place.id} aliases={aliases} filters={filters} />
      )}
      <div ref={top} className="history-top" />
      <FilterBar place={place} filters={filters} lines={lines} aliases={aliases.names} onChange={change}>
        <button
          type="button"
          className="button button-small"
          disabled={lines.length === 0}
          onClick={() => setExporting(true)}
        >
          <Icon name="download" size={14} /> Export
        </button>
      </FilterBar>
      <div className="history-news" role="status">
        {waiting > 0 && (
          <button
            type="button"
            className="button button-primary button-small"
            onClick={() => {
              showWaiting()
              top.current?.scrollIntoView({ block: 'start' })
            }}
          >
            <Icon name="chevron-up" size={14} /> {formatCount(waiting, 'new line')}
          </button>
        )}
      </div>
      <div className="history-list" aria-busy={history.isStale}>
        {history.error ? <ErrorNote error={history.error} retry={history.retry} /> : null}
        {history.isLoading && !history.error && <Skeleton lines={8} />}
        <HistoryList lines={lines} place={place.kind} narrowed={narrowed} aliasHref={aliasHref} />
        {!history.isLoading && !history.error && lines.length === 0 && (
          <Nothing filtered={hasFilters(filters)} clear={() => change(NO_FILTERS)} place={place} />
        )}
        {history.olderError ? (
          <ErrorNote error={history.olderError} retry={history.loadOlder} />
        ) : (
          <LoadMore
            hasNextPage={history.hasOlder}
            isFetchingNextPage={history.isLoadingOlder}
            fetchNextPage={history.loadOlder}
          />
        )}
        {lines.length > 0 && !history.hasOlder && !history.isStale && (
          <p className="history-end quiet">
            {hasFilters(filters) ? 'There is nothing more that matches.' : 'This is where it began.'}
          </p>
        )}
      </div>
      {exporting && <ExportDialog place={place} filters={filters} onClose={() => setExporting(false)} />}
    </div>
  )
}

function Nothing({ filtered, clear, place }: { filtered: boolean; clear: () => void; place: Place }) {
  if (filtered)
    return (
      <Empty icon="filter" title="Nothing matches these filters">
        <button type="button" className="button" onClick={clear}>
          Clear all filters
        </button>
      </Empty>
    )
  return (
    <Empty icon="history" title="Nothing has happened yet">
      <p>
        {place.kind === 'collection'
          ? 'Each version that comes in, each alias that is set or moved, each edit will be a line here, with who did it, when and why.'
          : 'Each change will be a line here, with who made it, when and why.'}
      </p>
    </Empty>
  )
}
