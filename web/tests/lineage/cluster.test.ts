import { describe, expect, it } from 'vitest'
import { CLUSTER, groupNodes } from '../../src/lineage/cluster'
import { linksBetween } from '../../src/lineage/filter'
import type { MapNode } from '../../src/lineage/model'
import { onCycles } from '../../src/lineage/untangle'
import { graph, run } from './maps'

function groups(ways: string, start: string, { nodes = [] as MapNode[], pulled = [] as string[] } = {}) {
  const map = graph(ways, nodes)
  const all = new Set(map.nodes.keys())
  const links = linksBetween(map, all, all)
  return { found: groupNodes(map, all, links, start, new Set(pulled)), links }
}

const many = (count: number, way: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => way(at)).join(', ')
const sizes = (ways: string, start: string, more = {}) =>
  groups(ways, start, more)
    .found.filter(({ id }) => id.startsWith(CLUSTER))
    .map(({ members }) => members.length)

describe('groupNodes', () => {
  it('groups from five on', () => {
    expect(
      sizes(
        many(4, (at) => `data > R${at}`),
        'data',
      ),
    ).toEqual([])
    expect(
      sizes(
        many(5, (at) => `data > R${at}`),
        'data',
      ),
    ).toEqual([5])
  })

  it('groups a whole generation: the runs over one dataset, and what they logged', () => {
    expect(
      sizes(
        many(12, (at) => `data > R${at} > m${at}`),
        'data',
      ),
    ).toEqual([12, 12])
  })

  it('groups upstream too', () => {
    expect(sizes(many(6, (at) => `raw${at} > Merge`) + ', Merge > data', 'data')).toEqual([6])
  })

  it('lets the one stand for itself that went on', () => {
    const { found } = groups(`${many(8, (at) => `data > R${at} > m${at}`)}, m3 > Evaluate > table`, 'data')
    const alone = found.filter(({ members }) => members.length === 1).map(({ id }) => id)
    expect(alone).toEqual(expect.arrayContaining(['R3', 'm3']))
    expect(found.filter(({ members }) => members.length === 7)).toHaveLength(2)
  })

  it('does not group what hangs on different nodes', () => {
    expect(sizes(`${many(3, (at) => `a > A${at}`)}, ${many(3, (at) => `b > B${at}`)}, X > a, X > b`, 'X')).toEqual([])
  })

  it('does not group what is of different kinds of job', () => {
    const nodes = [0, 1, 2].map((at) => run(`R${at}`, { jobType: 'train' }))
    expect(
      sizes(
        many(6, (at) => `data > R${at}`),
        'data',
        { nodes },
      ),
    ).toEqual([])
  })

  it('lets members be pulled out, and does not fall apart for it', () => {
    const ways = many(5, (at) => `data > R${at}`)
    const { found } = groups(ways, 'data', { pulled: ['R1'] })
    expect(found.map(({ members }) => members)).toEqual(expect.arrayContaining([['R1'], ['R0', 'R2', 'R3', 'R4']]))
  })

  it('shows the last one left as itself', () => {
    const { found } = groups(
      many(5, (at) => `data > R${at}`),
      'data',
      { pulled: ['R0', 'R1', 'R2', 'R3'] },
    )
    expect(found.every(({ members }) => members.length === 1)).toBe(true)
  })

  it('never groups the start', () => {
    const { found } = groups(
      many(6, (at) => `data > R${at}`),
      'R2',
    )
    expect(found.find(({ members }) => members.includes('R2'))!.members).toEqual(['R2'])
  })

  it('has each node once', () => {
    const { found } = groups(`${many(9, (at) => `data > R${at} > m${at % 4}`)}, m1 > Back > data`, 'data')
    const members = found.flatMap((group) => group.members)
    expect(members).toHaveLength(new Set(members).size)
    expect(members).toHaveLength(15)
  })

  it('makes no circle of what has none', () => {
    // Seven runs over one dataset; what the first logs leads on to what the last one needs.
    const ways = `${many(7, (at) => `data > R${at} > m${at}`)}, ${many(6, (at) => `m${at} > Next${at} > data${at + 1} > R${at + 1}`)}`
    const { found, links } = groups(ways, 'data')
    const owner = new Map(found.flatMap(({ id, members }) => members.map((member) => [member, id] as const)))
    expect(onCycles(links, owner).size).toBe(0)
  })
})

describe('onCycles', () => {
  const itself = (ways: string) => {
    const map = graph(ways)
    const links = [...map.edges.values()]
    return [...onCycles(links, new Map([...map.nodes.keys()].map((id) => [id, id])))].sort()
  }

  it('finds what is on a cycle, and not what leads to it or from it', () => {
    expect(itself('in > A > x > B > in2, x > C > y > A')).toEqual(['A', 'C', 'x', 'y'])
    expect(itself('a > B > c')).toEqual([])
  })
})
