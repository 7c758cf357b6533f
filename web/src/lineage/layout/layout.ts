import type { Layout, LayoutInput } from './graph'
import { heightsOf } from './heights'
import { makeLanes } from './lanes'
import { backLinks, columnsOf } from './layers'
import { orderColumns, sidesOf } from './order'
import { routesOf } from './routes'

const GAP = 62
/** What a link's words need beside themselves: the bends and the arrow. */
const AROUND_LABEL = 44

/**
 * Places boxes in columns from left to right, in the manner of Sugiyama: cycles are cut, columns are the longest paths,
 * barycentre sweeps order each column, pooled means place it. The same input has always the same layout.
 */
export function layOut(input: LayoutInput): Layout {
  const { boxes, links } = input
  const sources = links.filter((_, at) => at % 2 === 0)
  const targets = links.filter((_, at) => at % 2 === 1)
  const back = backLinks(boxes.length, sources, targets)
  const forth = Array.from(sources.keys()).filter((link) => sources[link] !== targets[link])
  const columns = columnsOf(
    boxes,
    Uint32Array.from(forth, (link) => (back[link] ? targets[link]! : sources[link]!)),
    Uint32Array.from(forth, (link) => (back[link] ? sources[link]! : targets[link]!)),
  )
  const lanes = makeLanes(input, columns, back)
  const sides = sidesOf(lanes)
  const order = orderColumns(lanes, sides)
  const y = heightsOf(lanes, order, sides, boxes)

  const columnWidth = new Float64Array(lanes.columns)
  const columnX = new Float64Array(lanes.columns)
  const gap = new Float64Array(lanes.columns).fill(GAP)
  boxes.forEach(({ width }, box) => (columnWidth[columns[box]!] = Math.max(columnWidth[columns[box]!]!, width)))
  targets.forEach((target, link) => {
    const before = columns[target]! - 1
    if (!back[link] && input.labels[link] && before >= 0) {
      gap[before] = Math.max(gap[before]!, input.labels[link]! + AROUND_LABEL)
    }
  })
  for (let at = 1; at < lanes.columns; at++) columnX[at] = columnX[at - 1]! + columnWidth[at - 1]! + gap[at - 1]!

  let top = Infinity
  let bottom = -Infinity
  for (let vertex = 0; vertex < lanes.vertices; vertex++) {
    const half = (boxes[vertex]?.height ?? 0) / 2
    top = Math.min(top, y[vertex]! - half)
    bottom = Math.max(bottom, y[vertex]! + half)
  }
  if (!boxes.length) top = bottom = 0
  for (let vertex = 0; vertex < lanes.vertices; vertex++) y[vertex]! -= top
  const places = new Float32Array(2 * boxes.length)
  boxes.forEach(({ width, height }, box) => {
    const column = columns[box]!
    places[2 * box] = columnX[column]! + (columnWidth[column]! - width) / 2
    places[2 * box + 1] = y[box]! - height / 2
  })
  const last = lanes.columns - 1
  return {
    places,
    columns,
    ...routesOf(input, lanes, back, { columnX, columnWidth, places, y }),
    back,
    width: last >= 0 ? columnX[last]! + columnWidth[last]! : 0,
    height: bottom - top,
  }
}
