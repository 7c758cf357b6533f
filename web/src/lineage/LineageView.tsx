import { lazy, Suspense } from 'react'
import type { Start } from './model'

const LineageMap = lazy(() => import('./LineageMap'))

/**
 * The lineage around a run or an artifact. It fills its container, which must be positioned and have a height. What is
 * seen of the map stands in the query string. Its code is loaded only when there is a map to be seen.
 */
export function LineageView({ start }: { start: Start }) {
  return (
    <Suspense fallback={null}>
      <LineageMap start={start} />
    </Suspense>
  )
}
