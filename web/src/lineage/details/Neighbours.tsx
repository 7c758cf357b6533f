import { StateChip, TypeLabel } from '../../ui/Chip'
import { formatCount, shortName } from '../../ui/format'
import { Icon } from '../../ui/Icon'
import type { Side } from '../model'
import type { Scene } from '../scene'
import { isMarked, type View } from '../view'
import type { Dispatch } from '../useView'

export interface Neighbour {
  id: string
  deletedAt?: string | null
  requestedAs?: string | null
  inferred?: boolean
  /** The path of the registry's collection through which it was found. */
  via?: string | null
  run?: { displayName: string; state: string }
  artifact?: { name: string; type: string }
}

interface NeighboursProps {
  title: string
  side: Side
  of: string
  total: number
  neighbours: Neighbour[]
  scene: Scene
  view: View
  dispatch: Dispatch
}

/** The runs or artifacts on one side of a node. One that is on the map can be gone to; the others can be opened. */
export function Neighbours({ title, side, of, total, neighbours, scene, view, dispatch }: NeighboursProps) {
  const onMap = (id: string) => scene.cardOf.has(id)
  const away = neighbours.some(({ id }) => !scene.open.has(id)) || total > neighbours.length
  const shown = isMarked(view.expanded, of, side)
  return (
    <section>
      <h3>
        {title} <span className="tabs-count">{total}</span>
      </h3>
      {total === 0 && <p className="quiet">None</p>}
      <ul className="map-neighbours">
        {neighbours.map((each) => (
          <li key={each.id}>
            <button
              type="button"
              className="map-neighbour"
              disabled={!onMap(each.id)}
              title={onMap(each.id) ? undefined : scene.open.has(each.id) ? 'Hidden on the map' : 'Not on the map yet'}
              onClick={() => dispatch({ type: 'select', id: each.id })}
            >
              {each.artifact && <TypeLabel type={each.artifact.type} />}
              <span className={each.deletedAt ? 'map-neighbour-name is-deleted' : 'map-neighbour-name'}>
                {each.run?.displayName ?? (each.artifact && shortName(each.artifact.name))}
              </span>
              {each.run && <StateChip state={each.run.state} />}
            </button>
            {each.requestedAs && (
              <span className="quiet" title={each.inferred ? 'Deduced from what the client looked up' : undefined}>
                asked for as <b>{each.requestedAs}</b>
                {each.inferred && '?'}
                {each.via && ` via ${each.via}`}
              </span>
            )}
          </li>
        ))}
      </ul>
      {total > neighbours.length && (
        <p className="quiet">and {formatCount(total - neighbours.length, 'more', 'more')}</p>
      )}
      {away && !shown && (
        <button type="button" className="link" onClick={() => dispatch({ type: 'expand', id: of, side })}>
          <Icon name="plus" size={14} /> Show all on the map
        </button>
      )}
    </section>
  )
}
