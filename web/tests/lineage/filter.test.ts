import { describe, expect, it } from 'vitest'
import { hasText, linksBetween, passes, shownOf } from '../../src/lineage/filter'
import { RUNS } from '../../src/lineage/model'
import { NO_FILTERS } from '../../src/lineage/view'
import { artifact, graph, run } from './maps'

const shown = (ways: string, hidden: string[]) => {
  const map = graph(ways)
  const open = new Set(map.nodes.keys())
  const left = new Set([...open].filter((id) => !hidden.includes(id)))
  return linksBetween(map, open, left).map(
    ({ source, target, indirect }) => `${source}${indirect ? '~' : '>'}${target}`,
  )
}

describe('passes', () => {
  it('takes types, runs as one of them', () => {
    expect(passes(run('Train'), { ...NO_FILTERS, withoutTypes: [RUNS] })).toBe(false)
    expect(passes(artifact('data'), { ...NO_FILTERS, withoutTypes: [RUNS] })).toBe(true)
    expect(passes(artifact('data'), { ...NO_FILTERS, withoutTypes: ['dataset'] })).toBe(false)
  })

  it('takes the state of runs', () => {
    const filters = { ...NO_FILTERS, withoutStates: ['FAILED'] }
    expect(passes(run('Train', { state: 'FAILED' }), filters)).toBe(false)
    expect(passes(run('Train'), filters)).toBe(true)
    expect(passes(artifact('data'), filters)).toBe(true)
  })

  it('takes days, both of them included', () => {
    const at = artifact('data', { createdAt: new Date(2026, 2, 2, 12).toISOString() })
    expect(passes(at, { ...NO_FILTERS, from: '2026-03-02', until: '2026-03-02' })).toBe(true)
    expect(passes(at, { ...NO_FILTERS, from: '2026-03-03' })).toBe(false)
    expect(passes(at, { ...NO_FILTERS, until: '2026-03-01' })).toBe(false)
  })

  it('takes the text only where that is asked', () => {
    expect(passes(artifact('data'), { ...NO_FILTERS, text: 'nothing' })).toBe(true)
    expect(passes(artifact('data'), { ...NO_FILTERS, text: 'nothing', onlyMatches: true })).toBe(false)
    expect(passes(artifact('data'), { ...NO_FILTERS, text: '  ', onlyMatches: true })).toBe(true)
  })
})

describe('hasText', () => {
  it('looks at names, types, versions, aliases, states and jobs, in whatever case', () => {
    const model = artifact('zoo', { type: 'model', version: 'v4', aliases: ['production'] })
    for (const text of ['ZOO', 'model', 'zoo:v4', 'Prod', 'team/zoo']) expect(hasText(model, text)).toBe(true)
    const train = run('Train', { state: 'CRASHED', jobType: 'sweep' })
    for (const text of ['train', 'crash', 'SWEEP']) expect(hasText(train, text)).toBe(true)
    expect(hasText(train, 'model')).toBe(false)
  })
})

describe('shownOf', () => {
  it('always has the start', () => {
    const map = graph('data > Train')
    const view = { filters: { ...NO_FILTERS, withoutTypes: ['dataset', RUNS] }, hidden: ['data'] }
    expect([...shownOf(map, new Set(map.nodes.keys()), 'data', view)]).toEqual(['data'])
  })
})

describe('linksBetween', () => {
  it('leads over hidden nodes', () => {
    expect(shown('data > Train > model > Evaluate > table', ['Train', 'Evaluate'])).toEqual([
      'data~model',
      'model~table',
    ])
  })

  it('draws one link for several ways, and none where there is an edge', () => {
    expect(shown('data > A > model, data > B > model', ['A', 'B'])).toEqual(['data~model'])
    expect(shown('A > model, A > x > B > model', ['x', 'B'])).toEqual(['A>model'])
  })

  it('comes back to a node through what is hidden', () => {
    expect(shown('data > Curate > data', ['Curate'])).toEqual(['data~data'])
  })

  it('goes over a hidden cycle once', () => {
    expect(shown('in > A > x > B > y > A, y > Out', ['A', 'x', 'B', 'y'])).toEqual(['in~Out'])
  })

  it('does not lead over what is not open', () => {
    const map = graph('data > Train > model')
    expect(linksBetween(map, new Set(['data', 'model']), new Set(['data', 'model']))).toEqual([])
  })
})
