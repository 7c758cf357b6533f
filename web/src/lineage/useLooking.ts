import { useStoreApi, type OnMoveEnd } from '@xyflow/react'
import { useCallback, useRef } from 'react'
import type { Dispatch } from './useView'
import type { Spot } from './view'
import { spotOf, type Viewport } from './viewport'

/**
 * Notes where the map is looked at. That begins when somebody moves it, or says `keep`: how it opens is no choice of
 * the reader's, and would only make the address longer.
 */
export function useLooking(spot: Spot | null, dispatch: Dispatch): { onMoveEnd: OnMoveEnd; keep: () => void } {
  const store = useStoreApi()
  const isKept = useRef(spot !== null)
  const last = useRef<Viewport | null>(null)
  const onMoveEnd = useCallback<OnMoveEnd>(
    (event, viewport) => {
      const moved =
        !last.current || (['x', 'y', 'zoom'] as const).some((each) => last.current![each] !== viewport[each])
      last.current = viewport
      if (!moved || (!event && !isKept.current)) return
      isKept.current = true
      const { width, height } = store.getState()
      dispatch({ type: 'look', spot: spotOf(viewport, width, height) })
    },
    [store, dispatch],
  )
  const keep = useCallback(() => {
    isKept.current = true
  }, [])
  return { onMoveEnd, keep }
}
