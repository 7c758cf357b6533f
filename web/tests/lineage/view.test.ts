import { describe, expect, it } from 'vitest'
import { readView, writeView } from '../../src/lineage/url'
import { FIRST_VIEW, isMarked, isStep, reduce, type Action, type View } from '../../src/lineage/view'

const after = (...actions: Action[]) => actions.reduce(reduce, FIRST_VIEW)

describe('reduce', () => {
  it('expands once, and collapses what was expanded', () => {
    const expand: Action = { type: 'expand', id: 'a', side: 'outputs' }
    expect(after(expand, expand).expanded).toEqual(['a:outputs'])
    const collapsed = after(expand, { type: 'collapse', id: 'a', side: 'outputs' })
    expect(collapsed.expanded).toEqual([])
    expect(isMarked(collapsed.collapsed, 'a', 'outputs')).toBe(true)
    expect(reduce(collapsed, expand)).toMatchObject({ expanded: ['a:outputs'], collapsed: [] })
  })

  it('pulls out and puts back', () => {
    const pulled = after({ type: 'pullOut', ids: ['a', 'b'], select: 'a' })
    expect(pulled).toMatchObject({ pulled: ['a', 'b'], selected: 'a' })
    expect(reduce(pulled, { type: 'putBack', ids: ['a'] }).pulled).toEqual(['b'])
  })

  it('leaves nothing selected that is hidden', () => {
    expect(after({ type: 'select', id: 'a' }, { type: 'hide', id: 'a' })).toMatchObject({
      selected: null,
      hidden: ['a'],
    })
  })

  it('shows one hidden node again, or all', () => {
    const hidden = after({ type: 'hide', id: 'a' }, { type: 'hide', id: 'b' })
    expect(reduce(hidden, { type: 'showHidden', id: 'a' }).hidden).toEqual(['b'])
    expect(reduce(hidden, { type: 'showHidden' }).hidden).toEqual([])
  })

  it('opens a map of another depth or size anew', () => {
    const looked = after({ type: 'look', spot: { x: 1, y: 2, zoom: 1 } })
    expect(looked.spot).toEqual({ x: 1, y: 2, zoom: 1 })
    expect(reduce(looked, { type: 'depth', depth: 2 }).spot).toBeNull()
    expect(reduce(looked, { type: 'limit', limit: 50 }).spot).toBeNull()
  })

  it('goes back to the first view, as map or list', () => {
    expect(after({ type: 'shape', shape: 'list' }, { type: 'hide', id: 'a' }, { type: 'reset' })).toEqual({
      ...FIRST_VIEW,
      shape: 'list',
    })
  })
})

describe('isStep', () => {
  it('makes no step of each letter that is typed', () => {
    expect(isStep({ type: 'filter', filters: { text: 'a' } })).toBe(false)
    expect(isStep({ type: 'filter', filters: { from: '2026-01-01' } })).toBe(true)
    expect(isStep({ type: 'select', id: 'a' })).toBe(true)
    expect(isStep({ type: 'look', spot: { x: 0, y: 0, zoom: 1 } })).toBe(false)
  })
})

describe('the address', () => {
  const everything: View = {
    shape: 'list',
    depth: 8,
    limit: 5000,
    spot: { x: -120, y: 4500, zoom: 0.125 },
    selected: 'cluster:QXJ0aWZhY3Q6MQ==',
    expanded: ['UnVuOjE2MQ==:inputs', 'UnVuOjE2MQ==:outputs'],
    collapsed: ['QXJ0aWZhY3Q6MTM0:inputs'],
    pulled: ['UnVuOjE=', 'UnVuOjI='],
    hidden: ['UnVuOjM='],
    grouped: false,
    filters: {
      text: 'a ~ b & c=d',
      onlyMatches: true,
      withoutTypes: ['@run', 'odd~type', '100%', 'a/b c'],
      withoutStates: ['FAILED'],
      from: '2026-01-01',
      until: '2026-02-01',
    },
  }

  it('restores all that is seen', () => {
    expect(readView(writeView(everything, ''))).toEqual(everything)
    expect(readView('?' + writeView(everything, ''))).toEqual(everything)
  })

  it('is empty at first', () => {
    expect(writeView(FIRST_VIEW, '')).toBe('')
    expect(readView('')).toEqual(FIRST_VIEW)
  })

  it('leaves alone what is the page’s', () => {
    expect(writeView(FIRST_VIEW, '?version=v3&selected=x')).toBe('version=v3')
  })

  it('takes no nonsense', () => {
    for (const at of ['1~2', '1~2~3~4', '1~~0.5', 'a~2~0.5', '1~2~9']) expect(readView(`?at=${at}`).spot).toBeNull()
    const view = readView('?depth=-1&limit=many&from=yesterday&view=cube&group=perhaps&without=%E0%A4%A')
    expect(view).toMatchObject({ depth: null, limit: null, shape: 'map', grouped: true })
    expect(view.filters.from).toBe('')
    expect(readView('?depth=1000&limit=99999')).toMatchObject({ depth: 100, limit: 10_000 })
  })
})
