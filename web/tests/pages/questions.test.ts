import { describe, expect, it } from 'vitest'
import { rowsOf, told, valueOf } from '../../src/pages/questions/values'

const variable = (type: string, value?: string) => ({ name: 'x', type, default: value ?? null })

describe('what is told', () => {
  it('is a value of its type', () => {
    expect(valueOf(variable('String!'), '7')).toBe('7')
    expect(valueOf(variable('Int'), '7')).toBe(7)
    expect(valueOf(variable('Boolean!'), 'true')).toBe(true)
    expect(valueOf(variable('[String!]'), '["a"]')).toEqual(['a'])
    expect(valueOf(variable('LineageDirection!'), 'BOTH')).toBe('BOTH')
    expect(valueOf(variable('RunRef!'), '{"name": "a/b/c"}')).toEqual({ name: 'a/b/c' })
    expect(() => valueOf(variable('Int'), 'many')).toThrow('number')
    expect(() => valueOf(variable('RunRef!'), '{name')).toThrow('JSON of the type RunRef!')
  })
  it('is whole when nothing that is needed is missing', () => {
    const given = (values: Record<string, string>) => (name: string) => values[name] ?? null
    expect(told([variable('Int!')], given({}))).toEqual({ values: {}, errors: {}, isWhole: false })
    expect(told([variable('Int!', '5')], given({})).isWhole).toBe(true)
    expect(told([variable('Int')], given({})).isWhole).toBe(true)
    expect(told([variable('Int!')], given({ x: '3' }))).toEqual({ values: { x: 3 }, errors: {}, isWhole: true })
    expect(told([variable('Int')], given({ x: 'a' })).isWhole).toBe(false)
  })
})

describe('the rows of an answer', () => {
  it('are its first list of objects', () => {
    const answer = {
      runs: { nodes: [{ name: 'a', by: { name: 'ann' }, tags: ['x', 'y'], inputs: [{}] }, { name: 'b' }] },
    }
    expect(rowsOf(answer)).toEqual({
      path: 'nodes',
      columns: ['name', 'by.name', 'tags'],
      rows: [{ name: 'a', 'by.name': 'ann', tags: 'x, y' }, { name: 'b' }],
    })
    expect(rowsOf({ viewer: { name: 'ann' } })).toBeNull()
  })
})
