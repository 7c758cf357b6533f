import { useEffect, useState, type KeyboardEvent } from 'react'
import { Icon } from '../ui/Icon'
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu'
import { Popover } from '../ui/Popover'
import { DOCUMENTS, type DocumentFormat } from './exportDocument'
import { FilterForm, filterCount, TypeDot } from './FilterForm'
import { RUNS } from './model'
import type { Format } from './save'
import type { kindsOf, Scene } from './scene'
import { MOST_DEPTH } from './url'
import type { Dispatch } from './useView'
import { toggled, type View } from './view'

interface ToolbarProps {
  scene: Scene
  kinds: ReturnType<typeof kindsOf>
  matches: Map<string, number> | null
  view: View
  dispatch: Dispatch
  onSave: (format: Format) => void
  onDocument: (format: DocumentFormat) => void
  /** A card that was found is to be gone to. */
  onSeek: (id: string) => void
}

const DEPTHS: [number | null, string][] = [
  [null, 'As many as can be read'],
  [1, '1 edge'],
  [2, '2 edges'],
  [4, '4 edges'],
  [8, '8 edges'],
  [16, '16 edges'],
  [MOST_DEPTH, 'Everything'],
]
const FORMATS: [Format, string][] = [
  ['svg', 'SVG'],
  ['png', 'PNG'],
  ['mermaid', 'Mermaid'],
]
/** More types than these are only in the filter's form. */
const SHOWN_TYPES = 5

/** What is over the map: search, types, filters, depth, map or list, export. */
export function Toolbar({ scene, kinds, matches, view, dispatch, onSave, onDocument, onSeek }: ToolbarProps) {
  const { withoutTypes } = view.filters
  const filtering = filterCount(view)
  const toggle = (type: string) => dispatch({ type: 'filter', filters: { withoutTypes: toggled(withoutTypes, type) } })
  return (
    <div className="map-toolbar" role="group" aria-label="Lineage map">
      <Find scene={scene} matches={matches} view={view} dispatch={dispatch} onSeek={onSeek} />
      <div className="map-types" role="group" aria-label="Types">
        {kinds.types.slice(0, SHOWN_TYPES).map(([type]) => (
          <button
            key={type}
            type="button"
            className="map-type"
            aria-pressed={!withoutTypes.includes(type)}
            onClick={() => toggle(type)}
          >
            <TypeDot type={type} />
            {type === RUNS ? 'runs' : type}
          </button>
        ))}
      </div>
      <Popover
        label={filtering ? `Filter, ${filtering} at work` : 'Filter'}
        button={
          <>
            <Icon name="filter" /> Filter
            {filtering > 0 && <span className="map-badge">{filtering}</span>}
          </>
        }
      >
        {() => <FilterForm graph={scene.graph} kinds={kinds} view={view} dispatch={dispatch} />}
      </Popover>
      <Menu
        label="How far from the start"
        className="button"
        button={
          <>
            <Icon name="map" /> Depth {view.depth === MOST_DEPTH ? 'all' : scene.depth}
            <Icon name="chevron-down" size={14} />
          </>
        }
      >
        {DEPTHS.map(([depth, words]) => (
          <MenuItem key={words} checked={view.depth === depth} onSelect={() => dispatch({ type: 'depth', depth })}>
            {words}
          </MenuItem>
        ))}
      </Menu>
      <span className="map-space" />
      <div className="switch map-shape" role="group" aria-label="Shape">
        {(['map', 'list'] as const).map((shape) => (
          <button
            key={shape}
            type="button"
            aria-pressed={view.shape === shape}
            onClick={() => dispatch({ type: 'shape', shape })}
          >
            <Icon name={shape} /> <span className="map-wide">{shape === 'map' ? 'Map' : 'List'}</span>
          </button>
        ))}
      </div>
      <Menu
        label="Export"
        align="end"
        className="button"
        button={
          <>
            <Icon name="download" /> <span className="map-wide">Export</span>
          </>
        }
      >
        {FORMATS.map(([format, words]) => (
          <MenuItem key={format} onSelect={() => onSave(format)}>
            {words}
          </MenuItem>
        ))}
        <MenuSeparator />
        {DOCUMENTS.map((each) => (
          <MenuItem key={each.format} onSelect={() => onDocument(each)}>
            {each.words}
          </MenuItem>
        ))}
      </Menu>
    </div>
  )
}

/** Marks what has a text; Enter goes from one to the next. */
function Find({ scene, matches, view, dispatch, onSeek }: Omit<ToolbarProps, 'kinds' | 'onSave' | 'onDocument'>) {
  const [text, setText] = useState(view.filters.text)
  useEffect(() => setText(view.filters.text), [view.filters.text])
  const ids = matches ? scene.cards.map(({ id }) => id).filter((id) => matches.has(id)) : []
  const many = matches ? [...matches.values()].reduce((sum, each) => sum + each, 0) : 0
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && ids.length) {
      event.preventDefault()
      const at = ids.indexOf(view.selected ?? '')
      const step = event.shiftKey ? -1 : 1
      const next = ids[(at + step + ids.length) % ids.length]!
      dispatch({ type: 'select', id: next })
      onSeek(next)
    }
    if (event.key === 'Escape' && text) {
      event.stopPropagation()
      dispatch({ type: 'filter', filters: { text: '' } })
    }
  }
  return (
    <div className="map-search">
      <Icon name="search" />
      <input
        type="search"
        aria-label="Find on the map"
        placeholder="Find a run or an artifact…"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          dispatch({ type: 'filter', filters: { text: event.target.value } })
        }}
        onKeyDown={press}
      />
      <span className="map-count" role="status">
        {matches && (many === 0 ? 'none' : `${many} found`)}
      </span>
    </div>
  )
}
