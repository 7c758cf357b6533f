import { expect, test } from 'vitest'
import { inTurn } from '../../src/history/inTurn'

/** Work that ends when it is told to. */
function work() {
  const ends: (() => void)[] = []
  const done = inTurn(() => new Promise<void>((resolve) => ends.push(resolve)), 0)
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5))
  return { ask: done, begun: () => ends.length, end: () => (ends.at(-1)!(), settle()) }
}

test('what is asked for while it is done is done once more, and not twice at once', async () => {
  const { ask, begun, end } = work()
  ask()
  ask()
  ask()
  expect(begun()).toBe(1)
  await end()
  expect(begun()).toBe(2)
  await end()
  expect(begun()).toBe(2)
})

test('what is asked for later is done again', async () => {
  const { ask, begun, end } = work()
  ask()
  await end()
  expect(begun()).toBe(1)
  ask()
  expect(begun()).toBe(2)
})
