import { typeHue } from '../ui/hues'
import { arrowData, LABEL_HEIGHT, pathData, placeLabels } from './curves'
import type { Path } from './path'
import { firstOf, type Card } from './scene'
import { sizeOf } from './sizes'
import { labelWidth, linkLabel, type Picture } from './useLayout'
import { clusterSubtitle, clusterTitle, runSubtitle } from './words'

/** The colours of the theme by their names in `tokens.css`. */
export type Palette = (name: string) => string
/** How wide a text is at a size and a weight. */
export type Measure = (text: string, size: number, weight: number) => number

const MARGIN = 32
const FONT = "Inter, 'Segoe UI', system-ui, sans-serif"

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // Control characters are not allowed in XML at all.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')

function cut(text: string, room: number, size: number, weight: number, measure: Measure): string {
  if (measure(text, size, weight) <= room) return text
  let letters = [...text]
  while (letters.length > 1 && measure(`${letters.join('')}…`, size, weight) > room) letters = letters.slice(0, -1)
  return `${letters.join('')}…`
}

/** The map as it is shown, as an SVG file of its own, in the colours of the theme. */
export function toSvg(picture: Picture, path: Path | null, palette: Palette, measure: Measure): string {
  const { scene, layout } = picture
  const width = Math.ceil(layout.width + 2 * MARGIN)
  const height = Math.ceil(layout.height + 2 * MARGIN)
  const text = (x: number, y: number, words: string, size: number, weight: number, colour: string, more = '') =>
    `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${colour}"${more}>${escaped(words)}</text>`

  const links = scene.links.map(({ indirect }, at) => {
    const lit = path?.links.has(at) ?? false
    const colour = palette(lit ? '--path' : '--map-edge')
    const dash = indirect ? ' stroke-dasharray="5 4"' : ''
    const curve = `<path d="${pathData(layout, at)}" fill="none" stroke="${colour}" stroke-width="${lit ? 2.2 : 1.4}"${dash}/>`
    return { lit, svg: `${curve}<path d="${arrowData(layout, at)}" fill="${colour}"/>` }
  })
  const labels = placeLabels(layout, scene.links.map(labelWidth)).map(({ link, x, y, width }) => {
    const box = `x="${x - width / 2}" y="${y - LABEL_HEIGHT / 2}" width="${width}" height="${LABEL_HEIGHT}"`
    return (
      `<rect ${box} rx="${LABEL_HEIGHT / 2}" fill="${palette('--surface')}" stroke="${palette('--border')}"/>` +
      text(x, y + 4, linkLabel(scene.links[link]!), 11, 550, palette('--text-quiet'), ' text-anchor="middle"')
    )
  })

  const box = (card: Card, x: number, y: number) => {
    const { width, height } = sizeOf(card)
    const lit = path === null || path.ids.has(card.id)
    const node = firstOf(card)
    const run = node.kind === 'run'
    const hue = node.kind === 'artifact' ? palette(`--hue-${typeHue(node.type)}`) : palette('--text-quiet')
    const soft = node.kind === 'artifact' ? palette(`--hue-${typeHue(node.type)}-soft`) : palette('--surface-sunken')
    const left = x + 50
    const room = width - 62
    const radius = card.kind === 'run' ? height / 2 : 10
    const fill = card.kind === 'run' ? palette('--surface-sunken') : palette('--surface-raised')
    const deleted = card.kind !== 'cluster' && card.node.deletedAt ? ' stroke-dasharray="5 4"' : ''
    const frame = (dx: number) =>
      `<rect x="${x + dx}" y="${y + dx}" width="${width}" height="${height}" rx="${radius}" fill="${fill}" stroke="${palette('--border-strong')}"${deleted}/>`
    const parts = card.kind === 'cluster' ? [frame(8), frame(4), frame(0)] : [frame(0)]
    const put = (row: number, words: string, size: number, weight: number, colour: string, space = room) =>
      parts.push(text(left, y + row, cut(words, space, size, weight, measure), size, weight, colour))
    if (card.kind === 'run') {
      parts.push(
        `<circle cx="${x + 28}" cy="${y + height / 2}" r="7" fill="${palette(stateColour(card.node.state))}"/>`,
      )
      put(25, card.node.label, 14, 600, palette('--text'))
      put(42, card.node.deletedAt ? 'run · deleted' : runSubtitle(card.node), 12, 400, palette('--text-quiet'))
    } else {
      parts.push(`<rect x="${x + 1}" y="${y + 1}" width="36" height="${height - 2}" rx="9" fill="${soft}"/>`)
      parts.push(`<circle cx="${x + 19}" cy="${y + height / 2}" r="6" fill="none" stroke="${hue}" stroke-width="2.5"/>`)
      if (card.kind === 'cluster') {
        put(24, run ? 'RUNS' : node.type.toUpperCase(), 11, 650, hue)
        put(45, clusterTitle(card), 14, 600, palette('--text'))
        put(65, clusterSubtitle(card), 12, 400, palette('--text-quiet'))
      } else {
        const version = card.node.version ?? 'pending'
        put(24, card.node.type.toUpperCase(), 11, 650, hue, room - 48)
        parts.push(text(x + width - 12, y + 24, version, 12, 600, palette('--text'), ' text-anchor="end"'))
        put(45, card.node.label, 14, 600, palette('--text'))
        const aliases = card.node.deletedAt ? 'deleted' : card.node.aliases.join(' · ')
        if (aliases) put(66, aliases, 12, 550, palette('--accent'))
      }
    }
    return `<g${lit ? '' : ' opacity="0.5"'}>${parts.join('')}</g>`
  }
  const cards = scene.cards.map((card, at) => box(card, layout.places[2 * at]!, layout.places[2 * at + 1]!))
  const inOrder = [...links].sort((a, b) => Number(a.lit) - Number(b.lit)).map(({ svg }) => svg)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}" font-family="${escaped(FONT)}">`,
    `<rect x="${-MARGIN}" y="${-MARGIN}" width="${width}" height="${height}" fill="${palette('--surface-page')}"/>`,
    ...inOrder,
    ...cards,
    ...labels,
    '</svg>',
  ].join('\n')
}

function stateColour(state: string): string {
  if (state === 'FINISHED') return '--good'
  if (state === 'FAILED' || state === 'CRASHED') return '--danger'
  return state === 'RUNNING' || state === 'PENDING' ? '--hue-0' : '--warn'
}
