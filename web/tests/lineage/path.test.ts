import { describe, expect, it } from 'vitest'
import { pathThrough } from '../../src/lineage/path'
import { graph } from './maps'

const through = (selected: string, ways: string) => {
  const links = [...graph(ways).edges.values()]
  const path = pathThrough(selected, links)
  return {
    ids: [...path.ids].sort(),
    links: [...path.links].map((at) => `${links[at]!.source}>${links[at]!.target}`).sort(),
  }
}

describe('pathThrough', () => {
  it('is all that it was made from and all that was made from it', () => {
    const { ids, links } = through('Train', 'raw > Split > data > Train > model > Evaluate, data > Tune > other')
    expect(ids).toEqual(['Evaluate', 'Split', 'Train', 'data', 'model', 'raw'])
    expect(links).not.toContain('data>Tune')
    expect(links).toHaveLength(5)
  })

  it('goes around a cycle once', () => {
    expect(through('data', 'data > Train > model > Curate > data').ids).toEqual(['Curate', 'Train', 'data', 'model'])
  })

  it('is the node alone where nothing hangs on it', () => {
    expect(pathThrough('x', [])).toEqual({ ids: new Set(['x']), links: new Set() })
  })
})
