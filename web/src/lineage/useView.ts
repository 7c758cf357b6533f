import { useCallback, useMemo } from 'react'
import { navigate, useSearch } from 'wouter/use-browser-location'
import { readView, writeView } from './url'
import { isStep, reduce, type Action, type View } from './view'

export type Dispatch = (action: Action) => void

/** The view that the address holds, and how to change it. The address is the only place where it is kept. */
export function useView(): [View, Dispatch] {
  const search = useSearch()
  const view = useMemo(() => readView(search), [search])
  const dispatch = useCallback((action: Action) => {
    // Read anew: of two actions in one event the second sees what the first made of the address.
    const { pathname, search } = location
    const next = writeView(reduce(readView(search), action), search)
    if (next === new URLSearchParams(search).toString()) return
    navigate(next ? `${pathname}?${next}` : pathname, { replace: !isStep(action) })
  }, [])
  return [view, dispatch]
}
