import { download } from '../ui/download'
import { fileName, toMermaid } from './exportMermaid'
import { toSvg, type Measure, type Palette } from './exportSvg'
import type { Path } from './path'
import type { Picture } from './useLayout'

/** No side of a PNG is longer, since browsers can't draw it. */
const MOST_PIXELS = 8_192
const SHARP = 2

export type Format = 'svg' | 'png' | 'mermaid'

function svgOf(picture: Picture, path: Path | null, themed: Element): string {
  const style = getComputedStyle(themed)
  const palette: Palette = (name) => style.getPropertyValue(name).trim()
  const context = document.createElement('canvas').getContext('2d')!
  const measure: Measure = (text, size, weight) => {
    context.font = `${weight} ${size}px system-ui, sans-serif`
    return context.measureText(text).width
  }
  return toSvg(picture, path, palette, measure)
}

async function pngOf(svg: string, { layout }: Picture): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const scale = Math.min(SHARP, MOST_PIXELS / Math.max(image.width, image.height, layout.width))
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(image.width * scale)
  canvas.height = Math.ceil(image.height * scale)
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The map is too large for a PNG.'))), 'image/png'),
  )
}

/** Saves the map as it is shown to a file. `themed` is an element in whose colours it is drawn. */
export async function save(format: Format, picture: Picture, path: Path | null, themed: Element): Promise<void> {
  const name = fileName(picture.scene)
  if (format === 'mermaid') {
    download(new Blob([toMermaid(picture.scene)], { type: 'text/plain' }), `${name}.mmd`)
    return
  }
  const svg = svgOf(picture, path, themed)
  if (format === 'svg') download(new Blob([svg], { type: 'image/svg+xml' }), `${name}.svg`)
  else download(await pngOf(svg, picture), `${name}.png`)
}
