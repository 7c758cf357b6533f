import type { Layout } from './layout/graph'

/** A link as an SVG path. */
export function pathData({ routes, offsets }: Layout, link: number): string {
  const at = offsets[link]!
  let data = `M${round(routes[at]!)} ${round(routes[at + 1]!)}`
  for (let point = at + 2; point < offsets[link + 1]!; point += 6) {
    const numbers = Array.from(routes.subarray(point, point + 6), round)
    data += `C${numbers.join(' ')}`
  }
  return data
}

const round = (number: number) => Math.round(number * 10) / 10

/** How long the head of an arrow is. */
export const ARROW = 8

/** The head of a link's arrow: it always comes in from the left. */
export function arrowData({ routes, offsets }: Layout, link: number): string {
  const end = offsets[link + 1]!
  const [x, y] = [round(routes[end - 2]!), round(routes[end - 1]!)]
  return `M${x} ${y}l${-ARROW} ${-ARROW / 2}v${ARROW}z`
}

/** A place on the last bend of a link, between its last two columns; `t` goes from 0 to 1. */
export function onLastBend({ routes, offsets }: Layout, link: number, t: number): { x: number; y: number } {
  const at = offsets[link + 1]! - 8
  const along = (axis: number) => {
    const [a, b, c, d] = [0, 2, 4, 6].map((step) => routes[at + step + axis]!) as [number, number, number, number]
    return (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t ** 2 * c + t ** 3 * d
  }
  return { x: along(0), y: along(1) }
}

export interface Label {
  link: number
  x: number
  y: number
  width: number
}

export const LABEL_HEIGHT = 18
const PLACES = [0.5, 0.38, 0.62, 0.28, 0.72]

/** Where the words on links go: on the last bend, beside each other where two would meet; one that finds no room is left out. */
export function placeLabels(layout: Layout, widths: number[]): Label[] {
  const placed: Label[] = []
  const free = (x: number, y: number, width: number) =>
    placed.every(
      (other) => Math.abs(other.x - x) >= (other.width + width) / 2 + 2 || Math.abs(other.y - y) >= LABEL_HEIGHT + 1,
    )
  widths.forEach((width, link) => {
    if (!width) return
    for (const t of PLACES) {
      const { x, y } = onLastBend(layout, link, t)
      if (!free(x, y, width)) continue
      placed.push({ link, x, y, width })
      return
    }
  })
  return placed
}
