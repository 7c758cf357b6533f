import { ReactFlow, ReactFlowProvider, useReactFlow, useStore, ViewportPortal, type Node } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { CardView } from './CardView'
import { EdgeLayer } from './EdgeLayer'
import { ControlsContext, MarksContext, type Controls, type Marks } from './marks'
import { MapControls } from './MapControls'
import { Minimap } from './Minimap'
import { Overview } from './Overview'
import type { Card } from './scene'
import { BIG, BLOCKS, MAX_ZOOM, MIN_ZOOM, sizeOf } from './sizes'
import type { Picture } from './useLayout'
import { useLooking } from './useLooking'
import type { Spot } from './view'
import { anchored, boxOf, cardAt, centredOn, fitted, lookingAt, opening, showing } from './viewport'
import { directionOf, walkFrom } from './walk'
import type { Dispatch } from './useView'

type CardNode = Node<{ card: Card }, 'card'>
const NODE_TYPES = { card: ({ data }: { data: { card: Card } }) => <CardView card={data.card} /> }
/** Cards are made for whole tiles, so that panning makes new ones seldom. */
const TILE = 600
const MOVE = { duration: 200 }

interface MapCanvasProps {
  picture: Picture
  marks: Omit<Marks, 'current'>
  dispatch: Dispatch
  /** Changes when the map is another one, and is to be seen as a whole. */
  subject: string
  /** A card to go to: a new object each time. */
  sought: { id: string } | null
  /** Where somebody has moved it. */
  spot: Spot | null
}

export function MapCanvas(props: MapCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  )
}

function Canvas({ picture, marks: given, dispatch, subject, sought, spot }: MapCanvasProps) {
  const { scene } = picture
  const flow = useReactFlow()
  const root = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState<string | null>(null)
  const known = (id: string | null) => (id !== null && scene.byId.has(id) ? id : null)
  const current = known(focused) ?? known(given.selected) ?? scene.start
  const marks = useMemo(() => ({ ...given, current }), [given, current])
  const anchor = usePlacing(picture, given.selected ?? scene.start, subject, spot)
  const looking = useLooking(spot, dispatch)
  useInSight(picture, given.selected)

  const latest = useRef(picture)
  latest.current = picture
  const goTo = useCallback(
    (id: string, focus = true) => {
      const box = boxOf(latest.current, id)
      if (!box || !root.current) return
      setFocused(id)
      const { clientWidth, clientHeight } = root.current
      const now = flow.getViewport()
      // Where cards are blocks, there is nothing to give the focus to: go near.
      const near = latest.current.scene.cards.length > BIG && now.zoom < BLOCKS
      const to = near ? centredOn(box, 0.8, clientWidth, clientHeight) : showing(now, box, clientWidth, clientHeight)
      void flow.setViewport(to, near ? {} : MOVE)
      if (focus) whenThere(root.current, id)
    },
    [flow],
  )
  useEffect(() => {
    if (sought) goTo(sought.id, false)
  }, [sought, goTo])
  const controls = useMemo<Controls>(
    () => ({
      dispatch,
      keepInPlace: (id) => (anchor.current = id),
      goTo,
      walk: (id, key) => {
        if (key === 'Escape') dispatch({ type: 'select', id: null })
        const direction = directionOf(key)
        if (!direction) return key === 'Escape'
        const to = walkFrom(latest.current, id, direction)
        if (to) goTo(to)
        return true
      },
    }),
    [dispatch, goTo, anchor],
  )
  const big = scene.cards.length > BIG
  const nodes = useCards(picture, big, current)
  const far = useStore((state) => state.transform[2] < BLOCKS)
  return (
    <MarksContext value={marks}>
      <ControlsContext value={controls}>
        <div
          ref={root}
          className={far ? 'map-canvas is-far' : 'map-canvas'}
          role="group"
          aria-label={`Lineage map of ${scene.shown} nodes. Arrow keys walk along it, Enter selects.`}
          onFocus={(event) => {
            const id = (event.target as HTMLElement).dataset.card
            if (id !== undefined) setFocused(id)
          }}
        >
          {big && <Overview picture={picture} marks={marks} />}
          <ReactFlow<CardNode>
            nodes={nodes}
            nodeTypes={NODE_TYPES}
            minZoom={MIN_ZOOM}
            maxZoom={MAX_ZOOM}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            elementsSelectable={false}
            zoomOnDoubleClick={false}
            deleteKeyCode={null}
            selectionKeyCode={null}
            multiSelectionKeyCode={null}
            panActivationKeyCode={null}
            zoomActivationKeyCode={null}
            disableKeyboardA11y
            onMoveEnd={looking.onMoveEnd}
            onPaneClick={(event) => {
              const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
              const hit = big ? cardAt(picture, at) : null
              dispatch({ type: 'select', id: hit })
            }}
          >
            {!big && (
              <ViewportPortal>
                <EdgeLayer picture={picture} marks={marks} />
              </ViewportPortal>
            )}
          </ReactFlow>
          <MapControls
            onFit={() => {
              const { clientWidth, clientHeight } = root.current!
              looking.keep()
              void flow.setViewport(fitted(latest.current, clientWidth, clientHeight), MOVE)
            }}
          />
          <Minimap picture={picture} marks={marks} />
        </div>
      </ControlsContext>
    </MarksContext>
  )
}

/** Opens each map where it was left, or can be read, and holds the card that was acted on in its place when the layout is a new one. */
function usePlacing(picture: Picture, middle: string, subject: string, spot: Spot | null) {
  const flow = useReactFlow()
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const anchor = useRef<string | null>(null)
  const before = useRef<{ picture: Picture; subject: string } | null>(null)
  useEffect(() => {
    anchor.current = middle
  }, [middle])
  useLayoutEffect(() => {
    if (!width || !height) return
    const last = before.current
    before.current = { picture, subject }
    if (last?.picture === picture && last.subject === subject) return
    if (!last || last.subject !== subject) {
      const left = !last && spot
      void flow.setViewport(left ? lookingAt(left, width, height) : opening(picture, middle, width, height))
      return
    }
    const held = [anchor.current, picture.scene.start].find(
      (id) => id !== null && last.picture.index.has(id) && picture.index.has(id),
    )
    if (!held) return
    void flow.setViewport(anchored(flow.getViewport(), boxOf(last.picture, held)!, boxOf(picture, held)!))
  }, [picture, subject, width, height, flow, middle, spot])
  return anchor
}

/** Keeps the selected card in sight, when it is selected and when the room for the map gets smaller. */
function useInSight(picture: Picture, selected: string | null) {
  const flow = useReactFlow()
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  useEffect(() => {
    const box = selected === null ? null : boxOf(picture, selected)
    if (!box || !width || !height) return
    const now = flow.getViewport()
    const to = showing(now, box, width, height)
    if (to !== now) void flow.setViewport(to, MOVE)
    // Not `picture`: a new one is placed by itself.
  }, [selected, width, height, flow])
}

/**
 * The cards as nodes of the flow: of a big map only those near what is in sight, and none where they are
 * blocks, save the one that the keyboard is at.
 */
function useCards(picture: Picture, big: boolean, current: string): CardNode[] {
  const tiles = useStore((state) => {
    if (!big) return ''
    const [x, y, zoom] = state.transform
    if (zoom < BLOCKS) return 'none'
    const from = [-x / zoom, -y / zoom] as const
    const to = [from[0] + state.width / zoom, from[1] + state.height / zoom] as const
    return [...from.map((at) => Math.floor(at / TILE)), ...to.map((at) => Math.ceil(at / TILE))].join(' ')
  })
  return useMemo(() => {
    const { scene, layout } = picture
    const [left, top, right, bottom] = tiles.split(' ').map((at) => Number(at) * TILE) as [
      number,
      number,
      number,
      number,
    ]
    const inSight = (at: number) => {
      if (!big) return true
      if (tiles === 'none') return false
      const [x, y] = [layout.places[2 * at]!, layout.places[2 * at + 1]!]
      const { width, height } = sizeOf(scene.cards[at]!)
      return x < right && x + width > left && y < bottom && y + height > top
    }
    return scene.cards.flatMap((card, at): CardNode[] =>
      inSight(at) || (big && card.id === current)
        ? [
            {
              id: card.id,
              type: 'card',
              data: { card },
              position: { x: layout.places[2 * at]!, y: layout.places[2 * at + 1]! },
              ...sizeOf(card),
              connectable: false,
            },
          ]
        : [],
    )
  }, [picture, big, tiles, current])
}

/** Gives a card the focus as soon as it is drawn. */
function whenThere(root: HTMLElement, id: string, tries = 20): void {
  const card = root.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`)
  if (card) card.focus({ preventScroll: true })
  else if (tries) requestAnimationFrame(() => whenThere(root, id, tries - 1))
}
