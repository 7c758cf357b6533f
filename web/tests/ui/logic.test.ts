import { describe, expect, test } from 'vitest'
import { entriesOf, matching } from '../../src/ui/JsonTree'
import { initials } from '../../src/ui/Person'
import { placeBeside } from '../../src/ui/useAnchored'

describe('what matches a text in JSON', () => {
  const value = { model: { name: 'ConvNext', layers: [{ width: 64 }, { width: 128 }] }, epochs: 30 }

  test('keeps the branches that lead to a value', () => {
    expect(matching(value, 'conv')).toEqual({ model: { name: 'ConvNext' } })
    expect(matching(value, '128')).toEqual({ model: { layers: { 1: { width: 128 } } } })
  })

  test('keeps all that is below a key', () => {
    expect(matching(value, 'layers')).toEqual({ model: { layers: value.model.layers } })
  })

  test('is nothing where nothing matches', () => {
    expect(matching(value, 'sgd')).toBeUndefined()
  })
})

test('the entries of a list are its places', () => {
  expect(entriesOf(['a', 'b'])).toEqual([
    ['0', 'a'],
    ['1', 'b'],
  ])
})

test('people have at most two initials', () => {
  expect(['Maya Okafor', 'build-bot', 'local', 'a b c', ''].map(initials)).toEqual(['MO', 'BB', 'L', 'AB', ''])
})

describe('a panel beside its button', () => {
  const room = { width: 400, height: 600 }
  const panel = { width: 200, height: 300 }

  test('hangs below it', () => {
    expect(placeBeside({ top: 50, bottom: 80, left: 40, right: 80 }, panel, room, 'start')).toEqual({
      left: 40,
      top: 84,
    })
    expect(placeBeside({ top: 50, bottom: 80, left: 260, right: 300 }, panel, room, 'end')).toEqual({
      left: 100,
      top: 84,
    })
  })

  test('stays in the window', () => {
    expect(placeBeside({ top: 50, bottom: 80, left: 390, right: 396 }, panel, room, 'start').left).toBe(192)
    expect(placeBeside({ top: 50, bottom: 80, left: 10, right: 20 }, panel, room, 'end').left).toBe(8)
  })

  test('goes above it where there is room only there', () => {
    expect(placeBeside({ top: 500, bottom: 530, left: 40, right: 80 }, panel, room, 'start').top).toBe(196)
    expect(placeBeside({ top: 250, bottom: 550, left: 40, right: 80 }, panel, room, 'start').top).toBe(554)
  })
})
