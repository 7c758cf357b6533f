import { StateChip, typeHue } from '../ui/Chip'
import { Icon } from '../ui/Icon'
import { RUNS, nodeName, type Graph } from './model'
import type { kindsOf } from './scene'
import type { Dispatch } from './useView'
import type { View } from './view'

interface FilterFormProps {
  graph: Graph
  kinds: ReturnType<typeof kindsOf>
  view: View
  dispatch: Dispatch
}

const toggled = (list: string[], item: string) =>
  list.includes(item) ? list.filter((each) => each !== item) : [...list, item]

/** With what is filtered out and not on this map, so that it can be let in again. */
const withAbsent = (counted: [string, number][], filtered: string[]): [string, number][] => [
  ...counted,
  ...filtered.filter((each) => !counted.some(([present]) => present === each)).map((each): [string, number] => [each, 0]),
]

/** Everything that decides what of the map is shown. */
export function FilterForm({ graph, kinds, view, dispatch }: FilterFormProps) {
  const { filters } = view
  const { withoutTypes, withoutStates } = filters
  const types = withAbsent(kinds.types, withoutTypes)
  const states = withAbsent(kinds.states, withoutStates)
  return (
    <div className="map-filter">
      <fieldset>
        <legend>Types</legend>
        {types.map(([type, many]) => (
          <label key={type} className="map-check">
            <input
              type="checkbox"
              checked={!withoutTypes.includes(type)}
              onChange={() => dispatch({ type: 'filter', filters: { withoutTypes: toggled(withoutTypes, type) } })}
            />
            <TypeDot type={type} />
            <span>{type === RUNS ? 'runs' : type}</span>
            <span className="map-count">{many}</span>
          </label>
        ))}
      </fieldset>
      {states.length > 0 && (
        <fieldset>
          <legend>Run states</legend>
          {states.map(([state, many]) => (
            <label key={state} className="map-check">
              <input
                type="checkbox"
                checked={!withoutStates.includes(state)}
                onChange={() => dispatch({ type: 'filter', filters: { withoutStates: toggled(withoutStates, state) } })}
              />
              <StateChip state={state} />
              <span className="map-count">{many}</span>
            </label>
          ))}
        </fieldset>
      )}
      <fieldset className="map-days">
        <legend>Recorded</legend>
        <label>
          From
          <input type="date" className="input" value={filters.from} onChange={(event) => dispatch({ type: 'filter', filters: { from: event.target.value } })} />
        </label>
        <label>
          Until
          <input type="date" className="input" value={filters.until} onChange={(event) => dispatch({ type: 'filter', filters: { until: event.target.value } })} />
        </label>
      </fieldset>
      <fieldset>
        <legend>Picture</legend>
        <label className="map-check">
          <input type="checkbox" checked={filters.onlyMatches} onChange={(event) => dispatch({ type: 'filter', filters: { onlyMatches: event.target.checked } })} />
          <span>Show only what the search finds</span>
        </label>
        <label className="map-check">
          <input type="checkbox" checked={view.grouped} onChange={(event) => dispatch({ type: 'group', grouped: event.target.checked })} />
          <span>Group five or more that look alike</span>
        </label>
      </fieldset>
      {view.hidden.length > 0 && (
        <fieldset>
          <legend>Hidden</legend>
          <ul className="map-hidden">
            {view.hidden.map((id) => {
              const node = graph.nodes.get(id)
              const name = node ? nodeName(node) : 'Something that is not on this map'
              return (
                <li key={id}>
                  <span className="map-cut">{name}</span>
                  <button type="button" className="map-text-button" aria-label={`Show ${name} again`} onClick={() => dispatch({ type: 'showHidden', id })}>
                    <Icon name="eye" size={14} /> Show
                  </button>
                </li>
              )
            })}
          </ul>
        </fieldset>
      )}
      <button type="button" className="map-text-button" onClick={() => dispatch({ type: 'reset' })}>
        Back to the first view
      </button>
    </div>
  )
}

/** The colour of a type: square for artifacts, round for runs. */
export function TypeDot({ type }: { type: string }) {
  return <span className={type === RUNS ? 'map-dot is-run' : 'map-dot'} data-hue={type === RUNS ? undefined : typeHue(type)} />
}

/** How many filters are at work. */
export function filterCount({ filters, hidden }: View): number {
  return (
    filters.withoutTypes.length +
    filters.withoutStates.length +
    Number(filters.from !== '') +
    Number(filters.until !== '') +
    Number(filters.onlyMatches) +
    hidden.length
  )
}
