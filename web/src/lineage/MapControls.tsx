import { useReactFlow } from '@xyflow/react'
import { Icon } from '../ui/Icon'

const FAST = { duration: 150 }

/** Zoom and fit, at the lower left. */
export function MapControls({ onFit }: { onFit: () => void }) {
  const flow = useReactFlow()
  return (
    <div className="map-controls" role="group" aria-label="Zoom">
      <button type="button" aria-label="Zoom in" title="Zoom in" onClick={() => void flow.zoomIn(FAST)}>
        <Icon name="plus" />
      </button>
      <button type="button" aria-label="Zoom out" title="Zoom out" onClick={() => void flow.zoomOut(FAST)}>
        <Icon name="minus" />
      </button>
      <button type="button" aria-label="Fit the map in" title="Fit the map in" onClick={onFit}>
        <Icon name="fit" />
      </button>
    </div>
  )
}
