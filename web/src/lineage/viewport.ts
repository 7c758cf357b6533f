import { MAX_ZOOM, MIN_ZOOM, READABLE_ZOOM, BIG, sizeOf } from './sizes'
import type { Picture } from './useLayout'
import type { Spot } from './view'

export interface Viewport {
  x: number
  y: number
  zoom: number
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

const MARGIN = 32
/** The zoom of a map that is too large to be read as a whole, and is opened at its start. */
const OPENING_ZOOM = 0.86

export function boxOf({ scene, layout, index }: Picture, id: string): Box | null {
  const at = index.get(id)
  if (at === undefined) return null
  return { x: layout.places[2 * at]!, y: layout.places[2 * at + 1]!, ...sizeOf(scene.cards[at]!) }
}

const clamp = (zoom: number) => Math.min(Math.max(zoom, MIN_ZOOM), MAX_ZOOM)

/** The whole map, as large as it fits. */
export function fitted({ layout }: Picture, width: number, height: number): Viewport {
  const zoom = clamp(Math.min((width - 2 * MARGIN) / layout.width, (height - 2 * MARGIN) / layout.height, 1))
  return { zoom, x: (width - layout.width * zoom) / 2, y: (height - layout.height * zoom) / 2 }
}

export function centredOn({ x, y, width, height }: Box, zoom: number, across: number, down: number): Viewport {
  return { zoom, x: across / 2 - (x + width / 2) * zoom, y: down / 2 - (y + height / 2) * zoom }
}

/** The viewport in which a spot is in the middle. */
export function lookingAt({ x, y, zoom }: Spot, width: number, height: number): Viewport {
  return { zoom, x: width / 2 - x * zoom, y: height / 2 - y * zoom }
}

/** The spot in the middle of a viewport. */
export function spotOf({ x, y, zoom }: Viewport, width: number, height: number): Spot {
  return { zoom, x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom }
}

/** How a map opens: as a whole if it can be read so, or if it is too big to be read anyhow; else around one card. */
export function opening(picture: Picture, id: string, width: number, height: number): Viewport {
  const whole = fitted(picture, width, height)
  const box = boxOf(picture, id)
  if (whole.zoom >= READABLE_ZOOM || picture.scene.cards.length > BIG || !box) return whole
  const { layout } = picture
  const near = centredOn(box, OPENING_ZOOM, width, height)
  // No empty margin on one side while the other goes out of sight.
  const within = (at: number, size: number, room: number) => {
    const drawn = size * OPENING_ZOOM
    return drawn + 2 * MARGIN <= room ? (room - drawn) / 2 : Math.min(MARGIN, Math.max(at, room - MARGIN - drawn))
  }
  return { zoom: near.zoom, x: within(near.x, layout.width, width), y: within(near.y, layout.height, height) }
}

/** The viewport moved as little as needed for a box to be in sight; the same one if it is. */
export function showing(viewport: Viewport, box: Box, width: number, height: number): Viewport {
  const shift = (at: number, size: number, room: number) => {
    if (at < MARGIN) return MARGIN - at
    return at + size > room - MARGIN ? Math.max(room - MARGIN - size, MARGIN) - at : 0
  }
  const { zoom } = viewport
  const dx = shift(box.x * zoom + viewport.x, box.width * zoom, width)
  const dy = shift(box.y * zoom + viewport.y, box.height * zoom, height)
  return dx || dy ? { zoom, x: viewport.x + dx, y: viewport.y + dy } : viewport
}

/** The viewport in which a box that moved is where it was on the screen. */
export function anchored(viewport: Viewport, before: Box, after: Box): Viewport {
  const { zoom } = viewport
  return { zoom, x: viewport.x + (before.x - after.x) * zoom, y: viewport.y + (before.y - after.y) * zoom }
}

/** Which card is drawn at a point of the map. */
export function cardAt({ scene, layout }: Picture, { x, y }: { x: number; y: number }): string | null {
  const at = scene.cards.findIndex((card, index) => {
    const { width, height } = sizeOf(card)
    const [left, top] = [layout.places[2 * index]!, layout.places[2 * index + 1]!]
    return x >= left && x <= left + width && y >= top && y <= top + height
  })
  return scene.cards[at]?.id ?? null
}
