import { useReactFlow, useStore } from '@xyflow/react'
import { useEffect, useRef, type PointerEvent } from 'react'
import { useDark } from '../app/theme'
import type { Marks } from './marks'
import { paintBlocks, readColours } from './paint'
import type { Picture } from './useLayout'

const WIDTH = 184
const HEIGHT = 116
const MARGIN = 8

/** The whole map in small, with a frame around what is in sight; dragging there moves the map. */
export function Minimap({ picture, marks }: { picture: Picture; marks: Marks }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const flow = useReactFlow()
  const dark = useDark()
  const [x, y, zoom] = useStore((state) => state.transform)
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const { layout } = picture
  const scale = Math.min((WIDTH - 2 * MARGIN) / layout.width, (HEIGHT - 2 * MARGIN) / layout.height)
  const left = (WIDTH - layout.width * scale) / 2
  const top = (HEIGHT - layout.height * scale) / 2
  useEffect(() => {
    const target = canvas.current!
    const density = Math.min(devicePixelRatio, 2)
    target.width = WIDTH * density
    target.height = HEIGHT * density
    const context = target.getContext('2d')!
    context.scale(density, density)
    paintBlocks(context, picture, marks, readColours(target), { zoom: scale, x: left, y: top }, 1)
  }, [picture, marks, scale, left, top, dark])

  const go = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const box = event.currentTarget.getBoundingClientRect()
    const at = { x: (event.clientX - box.left - left) / scale, y: (event.clientY - box.top - top) / scale }
    void flow.setViewport({ zoom, x: width / 2 - at.x * zoom, y: height / 2 - at.y * zoom })
  }
  const frame = {
    left: Math.max(left + (-x / zoom) * scale, 0),
    top: Math.max(top + (-y / zoom) * scale, 0),
    right: Math.min(left + ((width - x) / zoom) * scale, WIDTH),
    bottom: Math.min(top + ((height - y) / zoom) * scale, HEIGHT),
  }
  return (
    <div className="map-minimap" aria-hidden="true" onPointerDown={go} onPointerMove={go}>
      <canvas ref={canvas} />
      <span
        className="map-minimap-frame"
        style={{
          transform: `translate(${frame.left}px, ${frame.top}px)`,
          width: Math.max(frame.right - frame.left, 6),
          height: Math.max(frame.bottom - frame.top, 6),
        }}
      />
    </div>
  )
}
