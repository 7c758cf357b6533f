import { useMemo, useRef, useState } from 'react'
import { formatCount } from '../ui/format'
import { Icon } from '../ui/Icon'
import { Empty, ErrorNote } from '../ui/Note'
import { DetailsPanel } from './details/DetailsPanel'
import { saveDocument, type DocumentFormat } from './exportDocument'
import { ListView } from './ListView'
import './lineage.css'
import { MapCanvas } from './MapCanvas'
import type { Start } from './model'
import { pathThrough } from './path'
import { save, type Format } from './save'
import { kindsOf, matchesOf, sceneOf, selectedCard, type Scene } from './scene'
import { Toolbar } from './Toolbar'
import { MOST_NODES } from './url'
import { LIMIT, useGraph, type GraphAnswer } from './useGraph'
import { useLayout } from './useLayout'
import { useSame } from './useSame'
import { useView, type Dispatch } from './useView'
import type { View } from './view'

/** The map itself: what the address says of it, asked, filtered, laid out and drawn. */
export default function LineageMap({ start }: { start: Start }) {
  const [view, dispatch] = useView()
  const answer = useGraph(start, view)
  const { graph } = answer
  const structure = structureOf(view)
  // Only what changes the picture: selecting and searching leave it as it is.
  const scene = useMemo(() => graph && sceneOf(graph, start.id, structural(view)), [graph, start.id, structure])
  const picture = useLayout(scene)
  if (answer.missing) {
    return (
      <Empty icon="map" title="Not found">
        <p>There is no such run or artifact, or you may not see it.</p>
      </Empty>
    )
  }
  if (!graph || !scene || !picture) {
    return (
      <div className="map" aria-busy="true">
        {answer.error ? <ErrorNote error={answer.error} retry={answer.retry} /> : <Waiting />}
      </div>
    )
  }
  return <Loaded key={start.id} {...{ start, view, dispatch, answer, picture }} />
}

interface LoadedProps {
  start: Start
  view: View
  dispatch: Dispatch
  answer: GraphAnswer
  picture: NonNullable<ReturnType<typeof useLayout>>
}

function Loaded({ start, view, dispatch, answer, picture }: LoadedProps) {
  const root = useRef<HTMLDivElement>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [sought, setSought] = useState<{ id: string } | null>(null)
  const { scene } = picture
  const selected = selectedCard(scene, view.selected)?.id ?? null
  const path = useMemo(() => (selected === null ? null : pathThrough(selected, scene.links)), [selected, scene])
  const text = view.filters.text
  const matches = useMemo(() => (text.trim() ? matchesOf(scene, text) : null), [scene, text])
  const kinds = useMemo(() => kindsOf(scene), [scene])
  const opening = useSame(answer.opening)
  const marks = useMemo(() => ({ selected, path, matches, opening }), [selected, path, matches, opening])
  const export_ = (format: Format) => {
    setFailure(null)
    save(format, picture, path, root.current!).catch(setFailure)
  }
  const exportDocument = (format: DocumentFormat) => {
    setFailure(null)
    saveDocument(format, scene, view).catch(setFailure)
  }
  return (
    <div ref={root} className="map" data-depth={scene.depth}>
      <Toolbar
        {...{ scene, kinds, matches, view, dispatch }}
        onSave={export_}
        onDocument={exportDocument}
        onSeek={(id) => setSought({ id })}
      />
      <div className={view.selected === null ? 'map-body' : 'map-body has-details'}>
        <div className="map-stage">
          {view.shape === 'map' ? (
            <MapCanvas
              picture={picture}
              marks={marks}
              dispatch={dispatch}
              subject={`${start.id} ${view.depth} ${view.limit}`}
              sought={sought}
              spot={view.spot}
            />
          ) : (
            <ListView picture={picture} selected={view.selected} matches={matches} dispatch={dispatch} />
          )}
          <Notices answer={answer} scene={scene} view={view} dispatch={dispatch} failure={failure} />
        </div>
        {view.selected !== null && (
          <DetailsPanel selected={view.selected} scene={scene} view={view} dispatch={dispatch} />
        )}
      </div>
    </div>
  )
}

interface NoticesProps {
  answer: GraphAnswer
  scene: Scene
  view: View
  dispatch: Dispatch
  failure: unknown
}

/** What is to be said of the map: it is cut, filtered, on its way, or something failed. */
function Notices({ answer, scene, view, dispatch, failure }: NoticesProps) {
  const limit = view.limit ?? LIMIT
  const filtered = scene.open.size - scene.shown
  const failed = failure ?? answer.error
  return (
    <div className="map-notices">
      {failed !== null && <ErrorNote error={failed} retry={answer.retry} />}
      {answer.truncated && view.depth !== null && (
        <p className="map-notice" role="status">
          The nearest {formatCount(limit, 'node')} are shown.
          {limit < MOST_NODES ? (
            <button type="button" className="link" onClick={() => dispatch({ type: 'limit', limit: nextLimit(limit) })}>
              Show {formatCount(nextLimit(limit), 'node')}
            </button>
          ) : (
            ' That is as many as can be shown; filter or start from another node.'
          )}
        </p>
      )}
      {filtered > 0 && (
        <p className="map-notice" role="status">
          <Icon name="hide" size={14} /> {formatCount(filtered, 'node is', 'nodes are')} hidden.
          <button
            type="button"
            className="link"
            onClick={() => {
              dispatch({ type: 'showHidden' })
              dispatch({
                type: 'filter',
                filters: { withoutTypes: [], withoutStates: [], from: '', until: '', onlyMatches: false },
              })
            }}
          >
            Show all
          </button>
        </p>
      )}
      {answer.loading && <p className="map-notice map-loading">Loading…</p>}
    </div>
  )
}

const LIMITS = [LIMIT, 5_000, MOST_NODES]
const nextLimit = (limit: number) => LIMITS.find((each) => each > limit) ?? MOST_NODES

function Waiting() {
  return (
    <div className="map-waiting" role="status" aria-label="Loading the map">
      {[0, 1, 2, 3, 4].map((card) => (
        <span key={card} className={card % 2 ? 'is-run' : undefined} />
      ))}
    </div>
  )
}

/** The view without what only marks the picture. */
function structural(view: View): View {
  const { filters } = view
  return {
    ...view,
    selected: null,
    shape: 'map',
    filters: { ...filters, text: filters.onlyMatches ? filters.text : '' },
  }
}

const structureOf = (view: View) => JSON.stringify(structural(view))
