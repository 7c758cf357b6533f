import type { Link } from './filter'
import { backLinks, columnsOf } from './layout/layers'
import { push } from './model'

type Ends = Pick<Link, 'source' | 'target'>

/**
 * The ids of groups that lie on a cycle, or between two, when each of `links` joins the groups of its ends: what is
 * left when those without inputs or without outputs are taken away one after the other.
 */
export function onCycles(links: Ends[], groupOf: Map<string, string>): Set<string> {
  const around = new Map<string, { side: 'in' | 'out'; id: string }[]>()
  const open = new Map<string, { in: number; out: number }>()
  const at = (id: string) => {
    if (!open.has(id)) open.set(id, { in: 0, out: 0 })
    return open.get(id)!
  }
  for (const { source, target } of links) {
    const [from, to] = [groupOf.get(source)!, groupOf.get(target)!]
    at(from).out += 1
    at(to).in += 1
    push(around, from, { side: 'in', id: to })
    push(around, to, { side: 'out', id: from })
  }
  const free = [...open].filter(([, { in: inputs, out }]) => !inputs || !out).map(([id]) => id)
  for (const id of free) {
    if (!open.delete(id)) continue
    for (const { side, id: other } of around.get(id) ?? []) {
      const left = open.get(other)
      if (left && --left[side] <= 0) free.push(other)
    }
  }
  return new Set(open.keys())
}

/**
 * How far to the right each node stands: farther than all its inputs, but for links that close a cycle. Groups of nodes
 * of one such level can't make a cycle that the nodes don't have.
 */
export function levelsOf(ids: string[], links: Ends[]): Map<string, number> {
  const index = new Map(ids.map((id, at) => [id, at]))
  const sources = Uint32Array.from(links, ({ source }) => index.get(source)!)
  const targets = Uint32Array.from(links, ({ target }) => index.get(target)!)
  const back = backLinks(ids.length, sources, targets)
  const forth = (_: number, link: number) => !back[link]
  const boxes = ids.map(() => ({ width: 0, height: 0, parity: 0 as const }))
  const columns = columnsOf(boxes, sources.filter(forth), targets.filter(forth))
  return new Map(ids.map((id, at) => [id, columns[at]!]))
}
