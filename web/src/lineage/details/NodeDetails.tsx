import { useQuery } from '../../api/hooks'
import { Icon } from '../../ui/Icon'
import { ErrorNote } from '../../ui/Note'
import { Person } from '../../ui/Person'
import { Skeleton } from '../../ui/Skeleton'
import { Time } from '../../ui/Time'
import { CLUSTER_FROM } from '../cluster'
import type { Scene } from '../scene'
import { selectedCard } from '../scene'
import type { Dispatch } from '../useView'
import type { View } from '../view'
import { ArtifactDetails } from './ArtifactDetails'
import { LINEAGE_DETAILS } from './queries'
import { RunDetails } from './RunDetails'

export interface DetailsProps {
  scene: Scene
  view: View
  dispatch: Dispatch
}

interface NodeDetailsProps {
  id: string
  scene: Scene
  view: View
  dispatch: Dispatch
}

/** Everything of one run or artifact, and what can be done with it on the map. */
export function NodeDetails({ id, scene, view, dispatch }: NodeDetailsProps) {
  const { data, error, isPending, refetch } = useQuery(LINEAGE_DETAILS, { id })
  if (isPending) return <Skeleton lines={8} />
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  const { node } = data
  if (node?.__typename !== 'Run' && node?.__typename !== 'Artifact') {
    return <p className="quiet">This can’t be found, or you may not see it.</p>
  }
  const props = { scene, view, dispatch }
  return (
    <>
      {node.deletedAt && (
        <p className="map-tombstone" role="note">
          <Icon name="trash" />
          <span>
            Deleted <Time at={node.deletedAt} />
            {node.deletedBy && (
              <>
                {' '}
                by <Person of={node.deletedBy} />
              </>
            )}
            . It stays on the map for what was made of it.
          </span>
        </p>
      )}
      {node.__typename === 'Run' ? (
        <RunDetails run={node} {...props} />
      ) : (
        <ArtifactDetails artifact={node} {...props} />
      )}
      <NodeActions id={id} scene={scene} view={view} dispatch={dispatch} />
    </>
  )
}

function NodeActions({ id, scene, view, dispatch }: NodeDetailsProps) {
  const card = selectedCard(scene, id)
  return (
    <div className="map-details-actions">
      {card?.kind === 'cluster' && (
        <button type="button" className="button" onClick={() => dispatch({ type: 'pullOut', ids: [id] })}>
          <Icon name="external" /> Pull out of its group
        </button>
      )}
      {view.pulled.includes(id) && (
        <button
          type="button"
          className="button"
          title={`Groups are of ${CLUSTER_FROM} or more that look alike`}
          onClick={() => dispatch({ type: 'putBack', ids: [id] })}
        >
          <Icon name="collection" /> Put back into its group
        </button>
      )}
      {id !== scene.start && card?.kind !== 'cluster' && (
        <button type="button" className="button" onClick={() => dispatch({ type: 'hide', id })}>
          <Icon name="hide" /> Hide on the map
        </button>
      )}
    </div>
  )
}
