import { push } from './model'

interface Linked {
  source: string
  target: string
}

export interface Path {
  /** All that the selected one was made from, and all that was made from it, and itself. */
  ids: Set<string>
  /** Where the links of the path stand in the list. */
  links: Set<number>
}

/** The path through a node: its ancestors and its descendants, with the links by which they are. */
export function pathThrough(selected: string, links: Linked[]): Path {
  const inputs = new Map<string, number[]>()
  const outputs = new Map<string, number[]>()
  links.forEach(({ source, target }, at) => {
    push(outputs, source, at)
    push(inputs, target, at)
  })
  const path: Path = { ids: new Set([selected]), links: new Set() }
  const walk = (next: Map<string, number[]>, end: 'source' | 'target') => {
    const queue = [selected]
    const seen = new Set(queue)
    for (const id of queue) {
      for (const at of next.get(id) ?? []) {
        path.links.add(at)
        const other = links[at]![end]
        if (seen.has(other)) continue
        seen.add(other)
        path.ids.add(other)
        queue.push(other)
      }
    }
  }
  walk(inputs, 'source')
  walk(outputs, 'target')
  return path
}
