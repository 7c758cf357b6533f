import { describe, expect, it } from 'vitest'
import { placeLabels } from '../../src/lineage/curves'
import { leaves } from '../../src/lineage/details/Values'
import { shortDigest } from '../../src/lineage/details/ArtifactDetails'
import { layOut } from '../../src/lineage/layout/layout'
import { anchored, showing } from '../../src/lineage/viewport'

describe('placeLabels', () => {
  it('puts no label over another', () => {
    const boxes = Array.from({ length: 9 }, (_, box) => ({ width: 200, height: 20, parity: (box ? 1 : 0) as 0 | 1 }))
    const links = Uint32Array.from(Array.from({ length: 8 }, (_, at) => [0, at + 1]).flat())
    const widths = Array.from({ length: 8 }, () => 30)
    const labels = placeLabels(layOut({ boxes, links, labels: Uint16Array.from(widths) }), widths)
    expect(labels.length).toBeGreaterThan(3)
    for (const a of labels) {
      for (const b of labels) {
        if (a !== b) expect(Math.abs(a.x - b.x) >= 30 || Math.abs(a.y - b.y) >= 18).toBe(true)
      }
    }
  })
})

describe('showing', () => {
  const box = { x: 0, y: 0, width: 200, height: 80 }

  it('does not move what is in sight', () => {
    const view = { x: 100, y: 100, zoom: 1 }
    expect(showing(view, box, 800, 600)).toBe(view)
  })

  it('moves as little as needed', () => {
    expect(showing({ x: 900, y: 100, zoom: 1 }, box, 800, 600)).toEqual({ x: 568, y: 100, zoom: 1 })
    expect(showing({ x: -50, y: 100, zoom: 1 }, box, 800, 600)).toEqual({ x: 32, y: 100, zoom: 1 })
  })
})

describe('anchored', () => {
  it('leaves a box where it was on the screen', () => {
    const view = anchored({ x: 10, y: 20, zoom: 0.5 }, { x: 100, y: 40, width: 1, height: 1 }, { x: 300, y: 0, width: 1, height: 1 })
    expect(view.x + 300 * 0.5).toBe(10 + 100 * 0.5)
    expect(view.y + 0 * 0.5).toBe(20 + 40 * 0.5)
  })
})

describe('leaves', () => {
  it('names each value by the way to it', () => {
    expect(leaves({ lr: 0.1, optimizer: { name: 'adam', betas: [0.9, 0.99] }, none: null, empty: {} })).toEqual([
      ['lr', '0.1'],
      ['optimizer.name', 'adam'],
      ['optimizer.betas', '[0.9,0.99]'],
      ['none', 'null'],
      ['empty', '{}'],
    ])
    expect(leaves({})).toEqual([])
    expect(leaves({ layers: [{ size: 3 }] })).toEqual([['layers.0.size', '3']])
  })
})

describe('shortDigest', () => {
  it('shows the beginning and the end', () => {
    expect(shortDigest(`sha256:${'ab'.repeat(32)}`)).toBe('sha256:ababababab…abab')
    expect(shortDigest('abc')).toBe('abc')
  })
})
