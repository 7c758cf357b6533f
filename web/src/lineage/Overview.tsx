import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { useDark } from '../app/theme'
import type { Marks } from './marks'
import { paintBlocks, paintLabels, paintLinks, readColours, type Colours } from './paint'
import { BLOCKS } from './sizes'
import type { Picture } from './useLayout'
import { cardAt, type Viewport } from './viewport'
import { cardWords } from './words'

/** How much more than what is in sight is drawn at once, on each side, as a part of it. */
const AROUND = 0.5
/** After so long without a change of zoom it is drawn sharp again, in ms. */
const SETTLED = 90
/** What takes no longer than this, in ms, is drawn anew in every frame. */
const QUICK = 7

interface Drawn {
  canvas: OffscreenCanvas
  view: Viewport
  width: number
  height: number
  took: number
}

interface Task {
  picture: Picture
  marks: Marks
  colours: Colours
  density: number
}

/** What is in sight and around it, on a canvas of its own, from which panning copies. */
function draw({ picture, marks, colours, density }: Task, view: Viewport, width: number, height: number): Drawn {
  const began = performance.now()
  const [across, down] = [Math.ceil(width * (1 + 2 * AROUND)), Math.ceil(height * (1 + 2 * AROUND))]
  const canvas = new OffscreenCanvas(across * density, down * density)
  const context = canvas.getContext('2d')!
  context.scale(density, density)
  const shifted = { zoom: view.zoom, x: view.x + width * AROUND, y: view.y + height * AROUND }
  paintLinks(context, picture, marks, colours, shifted, across, down)
  if (view.zoom < BLOCKS) paintBlocks(context, picture, marks, colours, shifted, 1.5)
  else paintLabels(context, picture, colours, shifted, across, down)
  return { canvas, view: shifted, width: across, height: down, took: performance.now() - began }
}

/** Whether what was drawn still covers all of the map that is in sight. */
function covers(drawn: Drawn, { layout }: Picture, view: Viewport, width: number, height: number): boolean {
  if (drawn.view.zoom !== view.zoom) return false
  const dx = view.x - drawn.view.x
  const dy = view.y - drawn.view.y
  const side = (shift: number, size: number, room: number, at: number, length: number) =>
    (shift <= 0 || at >= 0) && (shift + size >= room || at + length <= room)
  return (
    side(dx, drawn.width, width, view.x, layout.width * view.zoom) &&
    side(dy, drawn.height, height, view.y, layout.height * view.zoom)
  )
}

/** A big map's links at every zoom, and its cards as blocks from afar. */
export function Overview({ picture, marks }: { picture: Picture; marks: Marks }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const store = useStoreApi()
  const dark = useDark()
  useEffect(() => {
    const target = canvas.current!
    const context = target.getContext('2d')!
    const task = { picture, marks, colours: readColours(target), density: Math.min(devicePixelRatio, 2) }
    let drawn: Drawn | null = null
    let frame = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const paint = () => {
      frame = 0
      const { transform, width, height } = store.getState()
      const view = { x: transform[0], y: transform[1], zoom: transform[2] }
      if (!width || !height) return
      if (target.width !== width * task.density || target.height !== height * task.density) {
        target.width = width * task.density
        target.height = height * task.density
        drawn = null
      }
      const zooming = drawn !== null && drawn.view.zoom !== view.zoom
      if (!drawn || drawn.took < QUICK || (!zooming && !covers(drawn, picture, view, width, height))) {
        drawn = draw(task, view, width, height)
      } else if (zooming) {
        clearTimeout(timer)
        timer = setTimeout(() => {
          drawn = null
          ask()
        }, SETTLED)
      }
      const scale = view.zoom / drawn.view.zoom
      context.setTransform(task.density, 0, 0, task.density, 0, 0)
      context.clearRect(0, 0, width, height)
      // On whole pixels, or the copy would be blurred.
      const whole = (at: number) => (scale === 1 ? Math.round(at * task.density) / task.density : at)
      context.drawImage(
        drawn.canvas,
        whole(view.x - drawn.view.x * scale),
        whole(view.y - drawn.view.y * scale),
        drawn.width * scale,
        drawn.height * scale,
      )
      target.dataset.frames = String(Number(target.dataset.frames ?? 0) + 1)
    }
    const ask = () => {
      frame ||= requestAnimationFrame(paint)
    }
    paint()
    const leave = store.subscribe(ask)
    return () => {
      leave()
      clearTimeout(timer)
      cancelAnimationFrame(frame)
    }
  }, [picture, marks, store, dark])
  return (
    <>
      <canvas ref={canvas} className="map-overview" aria-hidden="true" />
      <Hint picture={picture} canvas={canvas} />
    </>
  )
}

/** The name of the block under the pointer. */
function Hint({ picture, canvas }: { picture: Picture; canvas: RefObject<HTMLCanvasElement | null> }) {
  const flow = useReactFlow()
  const [hint, setHint] = useState<{ x: number; y: number; words: string } | null>(null)
  useEffect(() => {
    const stage = canvas.current!.parentElement!
    const move = (event: PointerEvent) => {
      const far = flow.getZoom() < BLOCKS && event.buttons === 0
      const id = far ? cardAt(picture, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })) : null
      const { left, top } = stage.getBoundingClientRect()
      setHint(
        id === null
          ? null
          : { x: event.clientX - left, y: event.clientY - top, words: cardWords(picture.scene.byId.get(id)!) },
      )
    }
    const leave = () => setHint(null)
    stage.addEventListener('pointermove', move)
    stage.addEventListener('pointerleave', leave)
    return () => {
      stage.removeEventListener('pointermove', move)
      stage.removeEventListener('pointerleave', leave)
    }
  }, [picture, canvas, flow])
  return (
    hint && (
      <div className="map-hint" style={{ transform: `translate(${hint.x + 14}px, ${hint.y + 14}px)` }}>
        {hint.words}
      </div>
    )
  )
}
