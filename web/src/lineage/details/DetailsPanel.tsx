import { Icon } from '../../ui/Icon'
import { CLUSTER } from '../cluster'
import { selectedCard, type Scene } from '../scene'
import type { Dispatch } from '../useView'
import type { View } from '../view'
import { ClusterDetails } from './ClusterDetails'
import { NodeDetails } from './NodeDetails'

interface DetailsPanelProps {
  selected: string
  scene: Scene
  view: View
  dispatch: Dispatch
}

/** What is selected, beside the map; on a narrow screen below it. */
export function DetailsPanel({ selected, scene, view, dispatch }: DetailsPanelProps) {
  const card = selectedCard(scene, selected)
  const cluster = selected.startsWith(CLUSTER) && card?.kind === 'cluster' ? card : null
  return (
    <section className="map-details" aria-label="Details" tabIndex={0}>
      <button
        type="button"
        className="button button-quiet button-icon map-details-close"
        aria-label="Close the details"
        title="Close"
        onClick={() => dispatch({ type: 'select', id: null })}
      >
        <Icon name="close" />
      </button>
      {cluster ? (
        <ClusterDetails key={cluster.id} card={cluster} dispatch={dispatch} />
      ) : (
        <NodeDetails key={selected} id={selected.replace(CLUSTER, '')} scene={scene} view={view} dispatch={dispatch} />
      )}
    </section>
  )
}
