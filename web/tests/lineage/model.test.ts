import { describe, expect, it } from 'vitest'
import { edgesOf, merge, nodeName } from '../../src/lineage/model'
import { artifact, part, run } from './maps'

describe('merge', () => {
  it('joins parts at the nodes that they share', () => {
    const graph = merge([part('data > Train > model'), part('model > Evaluate')])
    expect([...graph.nodes.keys()]).toEqual(['data', 'Train', 'model', 'Evaluate'])
    expect(edgesOf(graph, 'model', 'outputs').map(({ target }) => target)).toEqual(['Evaluate'])
    expect(edgesOf(graph, 'model', 'inputs').map(({ source }) => source)).toEqual(['Train'])
  })

  it('has an edge once that is in two parts', () => {
    const graph = merge([part('data > Train'), part('data > Train')])
    expect(graph.edges.size).toBe(1)
  })

  it('leaves out an edge to a node that nobody may see', () => {
    const hidden = { source: 'data', target: 'Secret', requestedAs: null, inferred: false }
    const graph = merge([{ ...part('data > Train'), edges: [hidden] }])
    expect(graph.edges.size).toBe(0)
  })

  it('draws an edge to a node of another part, whichever came first', () => {
    const outward = [{ source: 'other', target: 'Train', requestedAs: 'v1', inferred: false }]
    const graph = merge([part('data > Train', [], { outward }), part('other')])
    expect(edgesOf(graph, 'Train', 'inputs').map(({ source }) => source)).toEqual(['data', 'other'])
  })

  it('counts what a node has outside of the part', () => {
    const more = new Map([['data', { inputs: 2, outputs: 3 }]])
    expect(merge([part('data > Train', [], { more })]).degrees.get('data')).toEqual({ inputs: 2, outputs: 4 })
  })

  it('does not count an edge twice that another part brings', () => {
    const more = new Map([['data', { inputs: 0, outputs: 1 }]])
    const graph = merge([
      part('data > Train', [], { more, center: 'Train' }),
      part('data > Tune', [], { sides: ['outputs'] }),
    ])
    expect(graph.degrees.get('data')!.outputs).toBe(2)
  })

  it('believes what was asked of a node itself: a neighbour may have gone', () => {
    const more = new Map([['data', { inputs: 0, outputs: 5 }]])
    const opened = part('data > Train, data > Tune', [], { sides: ['outputs'] })
    const graph = merge([part('Train > model, data > Train', [], { more }), opened])
    expect(graph.degrees.get('data')!.outputs).toBe(2)
  })
})

describe('nodeName', () => {
  it('is a run’s name, and an artifact’s with its version', () => {
    expect(nodeName(run('Train'))).toBe('train')
    expect(nodeName(artifact('data'))).toBe('data:v0')
    expect(nodeName(artifact('data', { version: null }))).toBe('data:pending')
  })
})
