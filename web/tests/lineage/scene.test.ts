import { describe, expect, it } from 'vitest'
import { toMermaid } from '../../src/lineage/exportMermaid'
import { toSvg } from '../../src/lineage/exportSvg'
import { layOut } from '../../src/lineage/layout/layout'
import { merge } from '../../src/lineage/model'
import { pathThrough } from '../../src/lineage/path'
import { matchesOf, sceneOf, selectedCard, type Scene } from '../../src/lineage/scene'
import { sizeOf } from '../../src/lineage/sizes'
import { linkLabel, type Picture } from '../../src/lineage/useLayout'
import { FIRST_VIEW, type View } from '../../src/lineage/view'
import { walkFrom } from '../../src/lineage/walk'
import { artifact, graph, part, run } from './maps'

const many = (count: number, way: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => way(at)).join(', ')
const view = (more: Partial<View>): View => ({ ...FIRST_VIEW, ...more })

function picture(scene: Scene): Picture {
  const index = new Map(scene.cards.map(({ id }, at) => [id, at]))
  const boxes = scene.cards.map((card) => ({ ...sizeOf(card), parity: (card.kind === 'run' ? 1 : 0) as 0 | 1 }))
  const links = Uint32Array.from(scene.links.flatMap(({ source, target }) => [index.get(source)!, index.get(target)!]))
  return { scene, index, layout: layOut({ boxes, links, labels: new Uint16Array(scene.links.length) }) }
}

describe('sceneOf', () => {
  it('opens as deep as can be read at once', () => {
    expect(sceneOf(graph('a > B > c > D > e'), 'a', FIRST_VIEW).depth).toBe(4)
    const wide = graph(many(50, (at) => `a > B${at % 4} > c${at} > D${at} > e${at}`).replaceAll('D', 'Do'))
    const scene = sceneOf(wide, 'a', FIRST_VIEW)
    expect(scene.cards.length).toBeLessThanOrEqual(32)
  })

  it('goes one edge deep where even two are too many', () => {
    const types = (at: number) => artifact(`c${at}`, { type: `type-${at}` })
    const wide = graph(
      many(60, (at) => `a > B > c${at}`),
      Array.from({ length: 60 }, (_, at) => types(at)),
    )
    expect(sceneOf(wide, 'a', FIRST_VIEW).depth).toBe(1)
  })

  it('says what a node has more of', () => {
    const more = new Map([['c', { inputs: 0, outputs: 12 }]])
    const scene = sceneOf(merge([part('a > B > c', [], { more })]), 'a', FIRST_VIEW)
    expect(scene.byId.get('c')!.more).toEqual({ inputs: 0, outputs: 12 })
  })

  it('joins the links of a cluster, and says by what all asked', () => {
    const five = part(many(5, (at) => `data > R${at}`))
    five.edges.forEach((edge) => (edge.requestedAs = 'latest'))
    const [link] = sceneOf(merge([five]), 'data', FIRST_VIEW).links
    expect(link).toMatchObject({ source: 'data', label: 'latest', count: 5 })
    five.edges[2]!.requestedAs = 'v3'
    expect(sceneOf(merge([five]), 'data', FIRST_VIEW).links[0]!.label).toBe('')
  })

  it('finds the card of a member, and of a cluster whose name-giver was pulled out', () => {
    const map = graph(many(6, (at) => `data > R${at}`))
    const scene = sceneOf(map, 'data', FIRST_VIEW)
    const cluster = scene.cards.find(({ kind }) => kind === 'cluster')!
    expect(selectedCard(scene, 'R3')).toBe(cluster)
    expect(selectedCard(scene, cluster.id)).toBe(cluster)
    expect(selectedCard(scene, 'cluster:R4')).toBe(cluster)
    expect(selectedCard(scene, 'nobody')).toBeNull()
  })

  it('counts how many members have a text', () => {
    const map = graph(
      many(6, (at) => `data > R${at}`),
      [run('R1', { label: 'odd-one' })],
    )
    const scene = sceneOf(map, 'data', FIRST_VIEW)
    expect([...matchesOf(scene, 'ODD').values()]).toEqual([1])
    expect(matchesOf(scene, ' ').size).toBe(0)
  })

  it('offers to collapse what hangs on a node, until it is done', () => {
    const map = graph('a > B > c > D')
    expect(sceneOf(map, 'a', FIRST_VIEW).byId.get('c')!.collapsible).toEqual({ inputs: false, outputs: true })
    const collapsed = sceneOf(map, 'a', view({ collapsed: ['c:outputs'] }))
    expect(collapsed.byId.has('D')).toBe(false)
    expect(collapsed.byId.get('c')!).toMatchObject({ more: { outputs: 1 }, collapsible: { outputs: false } })
  })
})

describe('walkFrom', () => {
  const tree = picture(sceneOf(graph('raw > Split > data > Train > model, data > Tune > other'), 'data', FIRST_VIEW))

  it('follows links to the left and to the right', () => {
    expect(walkFrom(tree, 'data', 'left')).toBe('Split')
    expect(['Train', 'Tune']).toContain(walkFrom(tree, 'data', 'right'))
    expect(walkFrom(tree, 'raw', 'left')).toBeNull()
  })

  it('stays in the column up and down', () => {
    const [upper, lower] = walkFrom(tree, 'Train', 'up') ? ['Tune', 'Train'] : ['Train', 'Tune']
    expect(walkFrom(tree, upper!, 'down')).toBe(lower)
    expect(walkFrom(tree, lower!, 'up')).toBe(upper)
    expect(walkFrom(tree, 'data', 'up')).toBeNull()
  })
})

describe('linkLabel', () => {
  it('marks what is only deduced, and cuts what is long', () => {
    expect(linkLabel({ label: 'latest', inferred: true })).toBe('latest?')
    expect(linkLabel({ label: '', inferred: false })).toBe('')
    expect(linkLabel({ label: 'x'.repeat(40), inferred: true })).toBe(`${'x'.repeat(17)}…?`)
  })
})

describe('toMermaid', () => {
  it('draws what is shown', () => {
    const map = part('data > Train > model', [artifact('model', { deletedAt: '2026-01-01T00:00:00Z' })])
    map.edges[0]!.requestedAs = 'latest'
    map.edges[0]!.inferred = true
    const text = toMermaid(sceneOf(merge([map]), 'data', FIRST_VIEW))
    expect(text).toContain('flowchart LR')
    expect(text).toContain('(["data:v0"])')
    expect(text).toContain('["train"]')
    expect(text).toContain('-- "latest?" -->')
    expect(text).toMatch(/\(\["model:v0 \(deleted\)"\]\)/)
  })

  it('lets no name break out of its label', () => {
    const text = toMermaid(
      sceneOf(graph('data', [artifact('data', { label: 'a"] --> b["<b>&#\n' })]), 'data', FIRST_VIEW),
    )
    expect(text.split('\n')).toHaveLength(3)
    expect(text).toContain('a#34;] --#62; b[#34;#60;b#62;#38;#35;')
  })
})

describe('toSvg', () => {
  const palette = (name: string) => name.slice(2)
  const measure = (text: string, size: number) => text.length * size * 0.5

  it('draws each card and link, and marks the path', () => {
    const shown = picture(sceneOf(graph('data > Train > model, data > Tune'), 'data', FIRST_VIEW))
    const svg = toSvg(shown, pathThrough('model', shown.scene.links), palette, measure)
    expect(svg.match(/<g/g)).toHaveLength(4)
    expect(svg.match(/stroke="path"/g)).toHaveLength(2)
    expect(svg.match(/opacity="0.5"/g)).toHaveLength(1)
  })

  it('takes any name as text', () => {
    const scene = sceneOf(
      graph('data', [artifact('data', { label: '<i>"&\u0001', aliases: ['a&b'] })]),
      'data',
      FIRST_VIEW,
    )
    const svg = toSvg(picture(scene), null, palette, measure)
    expect(svg).toContain('&lt;i&gt;&quot;&amp;<')
    expect(svg).toContain('a&amp;b')
  })

  it('cuts what is too long', () => {
    const scene = sceneOf(graph('data', [artifact('data', { label: 'x'.repeat(200) })]), 'data', FIRST_VIEW)
    expect(toSvg(picture(scene), null, palette, measure)).toMatch(/>x{10,30}…</)
  })
})
