import { pack, type LayoutBox } from './graph'

/**
 * Which links must be turned around so that no cycle is left: those that lead back to a box on the way of a
 * depth-first walk. Boxes without inputs are walked first, so that a cycle is cut where it comes back to its entry.
 */
export function backLinks(count: number, sources: Uint32Array, targets: Uint32Array): Uint8Array {
  const numbers = Uint32Array.from(sources, (_, link) => link)
  const outgoing = pack(count, sources, numbers)
  const hasInputs = new Uint8Array(count)
  targets.forEach((target, link) => {
    if (sources[link] !== target) hasInputs[target] = 1
  })
  const back = new Uint8Array(sources.length)
  const state = new Uint8Array(count) // 0: not seen, 1: on the way, 2: done
  const next = outgoing.start.slice(0, count)
  const walk = (root: number) => {
    const way = [root]
    state[root] = 1
    while (way.length) {
      const vertex = way[way.length - 1]!
      if (next[vertex]! === outgoing.start[vertex + 1]!) {
        state[vertex] = 2
        way.pop()
        continue
      }
      const link = outgoing.list[next[vertex]!++]!
      const target = targets[link]!
      if (state[target] === 1) back[link] = 1
      else if (state[target] === 0) {
        state[target] = 1
        way.push(target)
      }
    }
  }
  for (let vertex = 0; vertex < count; vertex++) if (!hasInputs[vertex] && !state[vertex]) walk(vertex)
  for (let vertex = 0; vertex < count; vertex++) if (!state[vertex]) walk(vertex)
  return back
}

/**
 * The column of each box: one more than the farthest of its inputs (Kahn's longest path), two more where both are of
 * one parity. Then boxes with more outputs than inputs move right, towards what uses them, which shortens the links.
 * `sources` and `targets` have no cycle.
 */
export function columnsOf(boxes: LayoutBox[], sources: Uint32Array, targets: Uint32Array): Uint16Array {
  const count = boxes.length
  const outputs = pack(count, sources, targets)
  const open = new Uint32Array(count)
  const inputs = new Uint32Array(count)
  for (const target of targets) inputs[target]! += 1
  open.set(inputs)
  const step = (from: number, to: number) => (boxes[from]!.parity === boxes[to]!.parity ? 2 : 1)
  const column = new Uint16Array(count)
  const order: number[] = []
  for (let vertex = 0; vertex < count; vertex++) {
    column[vertex] = boxes[vertex]!.parity
    if (!open[vertex]) order.push(vertex)
  }
  for (let at = 0; at < order.length; at++) {
    const vertex = order[at]!
    for (let link = outputs.start[vertex]!; link < outputs.start[vertex + 1]!; link++) {
      const target = outputs.list[link]!
      column[target] = Math.max(column[target]!, column[vertex]! + step(vertex, target))
      if (--open[target]! === 0) order.push(target)
    }
  }
  for (const vertex of order.reverse()) {
    const many = outputs.start[vertex + 1]! - outputs.start[vertex]!
    if (!many || inputs[vertex]! >= many) continue
    let nearest = Infinity
    for (let link = outputs.start[vertex]!; link < outputs.start[vertex + 1]!; link++) {
      const target = outputs.list[link]!
      nearest = Math.min(nearest, column[target]! - step(vertex, target))
    }
    column[vertex] = nearest
  }
  return withoutEmpty(column)
}

function withoutEmpty(column: Uint16Array): Uint16Array {
  const used = [...new Set(column)].sort((a, b) => a - b)
  const dense = new Map(used.map((each, index) => [each, index]))
  return column.map((each) => dense.get(each)!)
}
