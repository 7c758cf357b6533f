import { describe, expect, it } from 'vitest'
import { canCollapse, closedOn, distances, reach } from '../../src/lineage/reach'
import { merge } from '../../src/lineage/model'
import type { View } from '../../src/lineage/view'
import { graph, part } from './maps'

const NOTHING: Pick<View, 'expanded' | 'collapsed'> = { expanded: [], collapsed: [] }
const CHAIN = graph('raw > Split > data > Train > model > Evaluate > table, data > Tune')

const open = (depth: number, view: Partial<typeof NOTHING> = {}) =>
  [...reach(CHAIN, 'model', depth, { ...NOTHING, ...view }).ids].sort()

describe('reach', () => {
  it('opens what is within the depth, on each way', () => {
    expect(open(1)).toEqual(['Evaluate', 'Train', 'model'])
    expect(open(2)).toEqual(['Evaluate', 'Train', 'data', 'model', 'table'])
  })

  it('does not go down again from what is upstream', () => {
    expect(open(10)).not.toContain('Tune')
  })

  it('opens the neighbours that were asked for', () => {
    expect(open(2, { expanded: ['data:outputs'] })).toContain('Tune')
  })

  it('opens one step from another, in whatever order they stand', () => {
    const ids = open(1, { expanded: ['Split:inputs', 'data:inputs', 'Train:inputs'] })
    expect(ids).toEqual(['Evaluate', 'Split', 'Train', 'data', 'model', 'raw'])
  })

  it('does not open the neighbours of what is not open', () => {
    expect(open(1, { expanded: ['data:outputs'] })).toEqual(['Evaluate', 'Train', 'model'])
  })

  it('puts away what is only reached through a collapsed node', () => {
    expect(open(4, { collapsed: ['data:inputs'] })).toEqual(['Evaluate', 'Train', 'data', 'model', 'table'])
  })

  it('is nothing where the start is not known', () => {
    expect(reach(CHAIN, 'gone', 4, NOTHING).ids.size).toBe(0)
  })

  it('walks a cycle once', () => {
    const cyclic = graph('data > Train > model > Curate > data')
    expect([...reach(cyclic, 'data', 100, NOTHING).ids].sort()).toEqual(['Curate', 'Train', 'data', 'model'])
  })
})

describe('closedOn', () => {
  it('counts neighbours that are in no answer, and those that are not open', () => {
    const more = new Map([['data', { inputs: 0, outputs: 12 }]])
    const hub = merge([part('data > Train > model, data > Tune', [], { more })])
    const opened = reach(hub, 'model', 2, NOTHING)
    expect(closedOn(hub, opened, 'data', 'outputs')).toBe(13)
    expect(closedOn(hub, opened, 'data', 'inputs')).toBe(0)
  })
})

describe('canCollapse', () => {
  it('is where something farther from the start hangs', () => {
    const opened = reach(CHAIN, 'model', 4, NOTHING)
    const hops = distances(CHAIN, 'model', opened)
    expect(canCollapse(CHAIN, hops, 'data', 'inputs')).toBe(true)
    expect(canCollapse(CHAIN, hops, 'data', 'outputs')).toBe(false)
    expect(canCollapse(CHAIN, hops, 'table', 'outputs')).toBe(false)
  })
})
