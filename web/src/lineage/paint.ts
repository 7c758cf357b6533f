import { HUES, typeHue } from '../ui/hues'
import { ARROW, LABEL_HEIGHT, onLastBend } from './curves'
import { isDim, type Marks } from './marks'
import { firstOf } from './scene'
import { sizeOf } from './sizes'
import { labelWidth, linkLabel, type Picture } from './useLayout'
import type { Viewport } from './viewport'

/** The theme's colours, for what is drawn on a canvas. */
export interface Colours {
  hues: string[]
  run: string
  edge: string
  lit: string
  dim: string
  surface: string
  border: string
  text: string
  font: string
}

/** From this zoom on arrows can be told. */
const ARROWS = 0.2

export function readColours(element: Element): Colours {
  const style = getComputedStyle(element)
  const get = (name: string) => style.getPropertyValue(name).trim()
  return {
    hues: Array.from({ length: HUES }, (_, hue) => get(`--hue-${hue}`)),
    run: get('--map-run'),
    edge: get('--map-edge'),
    lit: get('--path'),
    dim: get('--map-dim'),
    surface: get('--surface'),
    border: get('--border'),
    text: get('--text-quiet'),
    font: get('--font'),
  }
}

function colourOf({ scene }: Picture, at: number, colours: Colours): string {
  const node = firstOf(scene.cards[at]!)
  return node.kind === 'run' ? colours.run : colours.hues[typeHue(node.type)]!
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** Blocks for cards. Those of one colour are filled at once. */
export function paintBlocks(
  context: Context,
  picture: Picture,
  marks: Marks | null,
  colours: Colours,
  view: Viewport,
  grow = 0,
): void {
  const { scene, layout } = picture
  const groups = new Map<string, number[]>()
  scene.cards.forEach((card, at) => {
    const dim = marks !== null && isDim(marks, card.id)
    const colour = marks?.selected === card.id ? colours.lit : dim ? colours.dim : colourOf(picture, at, colours)
    const list = groups.get(colour)
    if (list) list.push(at)
    else groups.set(colour, [at])
  })
  for (const [colour, list] of groups) {
    context.fillStyle = colour
    for (const at of list) {
      const { width, height } = sizeOf(scene.cards[at]!)
      const x = layout.places[2 * at]! * view.zoom + view.x
      const y = layout.places[2 * at + 1]! * view.zoom + view.y
      const [w, h] = [Math.max(width * view.zoom, grow), Math.max(height * view.zoom, grow)]
      context.fillRect(x, y, w, h)
    }
  }
}

/** Links whose box meets the part of the map that is drawn; straight from bend to bend where bends can't be seen. */
export function paintLinks(
  context: Context,
  { layout, scene }: Picture,
  marks: Marks,
  colours: Colours,
  view: Viewport,
  width: number,
  height: number,
): void {
  const plain = new Path2D()
  const lit = new Path2D()
  const heads = { plain: new Path2D(), lit: new Path2D() }
  const straight = view.zoom < 0.15
  const { routes, offsets } = layout
  const px = (at: number) => routes[at]! * view.zoom + view.x
  const py = (at: number) => routes[at + 1]! * view.zoom + view.y
  for (let link = 0; link < scene.links.length; link++) {
    const from = offsets[link]!
    const to = offsets[link + 1]!
    const path = marks.path?.links.has(link) ? lit : plain
    let pen = false
    for (let at = from + 2; at < to; at += 6) {
      const [x0, y0, x1, y1] = [px(at - 2), py(at - 2), px(at + 4), py(at + 4)]
      const outside =
        Math.max(x0, x1) < -40 || Math.min(x0, x1) > width + 40 || Math.max(y0, y1) < 0 || Math.min(y0, y1) > height
      if (outside) {
        pen = false
        continue
      }
      if (!pen) path.moveTo(x0, y0)
      pen = true
      if (straight || y0 === y1) path.lineTo(x1, y1)
      else path.bezierCurveTo(px(at), py(at), px(at + 2), py(at + 2), x1, y1)
    }
    const [endX, endY] = [px(to - 2), py(to - 2)]
    if (view.zoom < ARROWS || endX < 0 || endX > width + 40 || endY < 0 || endY > height) continue
    const head = path === lit ? heads.lit : heads.plain
    head.moveTo(endX, endY)
    head.lineTo(endX - ARROW * view.zoom, endY - (ARROW / 2) * view.zoom)
    head.lineTo(endX - ARROW * view.zoom, endY + (ARROW / 2) * view.zoom)
  }
  context.lineWidth = Math.min(Math.max(view.zoom * 1.6, 0.6), 1.6)
  context.strokeStyle = colours.edge
  // Thousands of links in little room would else be one grey area.
  context.globalAlpha = Math.min(Math.max(view.zoom * 2.5, 0.14), marks.path ? 0.35 : 1)
  context.stroke(plain)
  context.fillStyle = colours.edge
  context.fill(heads.plain)
  context.globalAlpha = 1
  context.lineWidth = Math.max(view.zoom * 2.4, 1.2)
  context.strokeStyle = colours.lit
  context.stroke(lit)
  context.fillStyle = colours.lit
  context.fill(heads.lit)
}

/** What the runs asked by, on the last bend of each link in sight. */
export function paintLabels(
  context: Context,
  { layout, scene }: Picture,
  colours: Colours,
  view: Viewport,
  width: number,
  height: number,
): void {
  context.font = `550 ${11 * view.zoom}px ${colours.font}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.lineWidth = 1
  scene.links.forEach((link, at) => {
    const room = labelWidth(link) * view.zoom
    if (!room) return
    const place = onLastBend(layout, at, 0.5)
    const [x, y] = [place.x * view.zoom + view.x, place.y * view.zoom + view.y]
    if (x < 0 || x > width || y < 0 || y > height) return
    context.fillStyle = colours.surface
    context.strokeStyle = colours.border
    context.beginPath()
    context.roundRect(
      x - room / 2,
      y - (LABEL_HEIGHT / 2) * view.zoom,
      room,
      LABEL_HEIGHT * view.zoom,
      LABEL_HEIGHT / 2,
    )
    context.fill()
    context.stroke()
    context.fillStyle = colours.text
    context.fillText(linkLabel(link), x, y)
  })
}
