import { describe, expect, it } from 'vitest'
import type { Layout, LayoutInput } from '../../src/lineage/layout/graph'
import { backLinks } from '../../src/lineage/layout/layers'
import { layOut } from '../../src/lineage/layout/layout'

const WIDTH = 200
const HEIGHT = 60

function input(count: number, links: [number, number][], parity = (box: number) => (box % 2) as 0 | 1): LayoutInput {
  return {
    boxes: Array.from({ length: count }, (_, box) => ({ width: WIDTH, height: HEIGHT, parity: parity(box) })),
    links: Uint32Array.from(links.flat()),
    labels: new Uint16Array(links.length),
  }
}

/** The same numbers for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Runs (odd) that use earlier artifacts (even) and log later ones; some use what comes later, which makes cycles. */
function lineage(count: number, seed: number, cyclic: boolean): LayoutInput {
  const next = random(seed)
  const links = new Map<string, [number, number]>()
  for (let run = 1; run < count; run += 2) {
    for (let use = 0; use < 1 + next() * 3; use++) {
      const artifact = 2 * Math.floor((run / 2) * next())
      links.set(`${artifact}>${run}`, [artifact, run])
    }
    const output = run + 1 + 2 * Math.floor(next() * 3)
    if (output < count) links.set(`${run}>${output}`, [run, output])
    const far = 2 * Math.floor((next() * count) / 2)
    if (cyclic && next() < 0.2) links.set(`${far}>${run}`, [far, run])
  }
  return input(count, [...links.values()])
}

function overlaps({ places }: Layout, { boxes }: LayoutInput): number {
  let found = 0
  for (let a = 0; a < boxes.length; a++) {
    for (let b = a + 1; b < boxes.length; b++) {
      const apartX = Math.abs(places[2 * a]! - places[2 * b]!) >= WIDTH
      const apartY = Math.abs(places[2 * a + 1]! - places[2 * b + 1]!) >= HEIGHT
      if (!apartX && !apartY) found += 1
    }
  }
  return found
}

describe('layOut', () => {
  const cases = [1, 2, 3, 4, 5, 6].flatMap((seed) => [
    { seed, count: 20 + seed * 15, cyclic: false },
    { seed, count: 20 + seed * 15, cyclic: true },
  ])

  it.each(cases)('puts no box over another: $count boxes, cyclic $cyclic', ({ seed, count, cyclic }) => {
    const asked = lineage(count, seed, cyclic)
    expect(overlaps(layOut(asked), asked)).toBe(0)
  })

  it.each(cases)(
    'draws links from left to right, save those that run back: $count, $cyclic',
    ({ seed, count, cyclic }) => {
      const asked = lineage(count, seed, cyclic)
      const { places, back } = layOut(asked)
      for (let link = 0; link < back.length; link++) {
        const [source, target] = [asked.links[2 * link]!, asked.links[2 * link + 1]!]
        if (back[link]) expect(places[2 * source]!).toBeGreaterThanOrEqual(places[2 * target]!)
        else expect(places[2 * source]! + WIDTH).toBeLessThan(places[2 * target]!)
      }
      if (!cyclic) expect(back.every((each) => each === 0)).toBe(true)
    },
  )

  it('lays out the same map in the same way', () => {
    expect(layOut(lineage(90, 3, true))).toEqual(layOut(lineage(90, 3, true)))
  })

  it('starts each link at its source and ends it at its target', () => {
    const asked = lineage(60, 5, true)
    const { places, routes, offsets } = layOut(asked)
    for (let link = 0; link + 1 < offsets.length; link++) {
      const [source, target] = [asked.links[2 * link]!, asked.links[2 * link + 1]!]
      const end = offsets[link + 1]!
      expect((end - offsets[link]! - 2) % 6).toBe(0)
      expect(routes[offsets[link]!]).toBeCloseTo(places[2 * source]! + WIDTH, 2)
      expect(routes[offsets[link]! + 1]).toBeCloseTo(places[2 * source + 1]! + HEIGHT / 2, 2)
      expect(routes[end - 2]).toBeCloseTo(places[2 * target]!, 2)
      expect(routes[end - 1]).toBeCloseTo(places[2 * target + 1]! + HEIGHT / 2, 2)
    }
  })

  it('leads no link through a box', () => {
    for (const cyclic of [false, true]) {
      const asked = lineage(70, 7, cyclic)
      const { places, routes, offsets } = layOut(asked)
      for (let link = 0; link + 1 < offsets.length; link++) {
        const ends = [asked.links[2 * link]!, asked.links[2 * link + 1]!]
        for (let at = offsets[link]! + 2; at < offsets[link + 1]!; at += 6) {
          const [x, y] = [routes[at + 4]!, routes[at + 5]!]
          asked.boxes.forEach((_, box) => {
            if (ends.includes(box)) return
            const inside =
              x > places[2 * box]! &&
              x < places[2 * box]! + WIDTH &&
              y > places[2 * box + 1]! &&
              y < places[2 * box + 1]! + HEIGHT
            expect(inside).toBe(false)
          })
        }
      }
    }
  })

  it('keeps runs and artifacts in columns of their own', () => {
    const asked = lineage(80, 2, false)
    const parities = new Map<number, Set<number>>()
    layOut(asked).columns.forEach((column, box) => {
      parities.set(column, (parities.get(column) ?? new Set()).add(box % 2))
    })
    for (const parity of parities.values()) expect(parity.size).toBe(1)
  })

  it('puts an input next to what uses it, not at the far left', () => {
    // A chain 0 → 1 → 2 → 3 and an artifact 4 that only 3 uses.
    const { columns } = layOut(
      input(5, [
        [0, 1],
        [1, 2],
        [2, 3],
        [4, 3],
      ]),
    )
    expect(columns[4]).toBe(columns[2])
  })

  it('draws a link around the box that it comes from and goes to', () => {
    const asked = input(1, [[0, 0]])
    const { routes, places, back } = layOut(asked)
    expect(back[0]).toBe(1)
    const ys = routes.filter((_, at) => at % 2 === 1)
    expect(Math.max(...ys) > places[1]! + HEIGHT || Math.min(...ys) < places[1]!).toBe(true)
  })

  it('draws a run that reads and writes one artifact', () => {
    const { back, columns } = layOut(
      input(2, [
        [0, 1],
        [1, 0],
      ]),
    )
    expect([...back]).toEqual([0, 1])
    expect([...columns]).toEqual([0, 1])
  })

  it('takes an empty map', () => {
    expect(layOut(input(0, []))).toMatchObject({ width: 0, height: 0 })
  })

  it('draws a tree without crossings', () => {
    const links: [number, number][] = []
    for (let box = 1; box < 31; box++) links.push([Math.floor((box - 1) / 2), box])
    const depth = (box: number) => Math.floor(Math.log2(box + 1))
    const asked = input(31, links, (box) => (depth(box) % 2) as 0 | 1)
    const { places } = layOut(asked)
    for (const [a, b] of links) {
      for (const [c, d] of links) {
        if (depth(a) !== depth(c)) continue
        const across = (places[2 * a + 1]! - places[2 * c + 1]!) * (places[2 * b + 1]! - places[2 * d + 1]!)
        expect(across).toBeGreaterThanOrEqual(0)
      }
    }
  })
})

describe('backLinks', () => {
  it('leaves no cycle', () => {
    const asked = lineage(100, 11, true)
    const sources = asked.links.filter((_, at) => at % 2 === 0)
    const targets = asked.links.filter((_, at) => at % 2 === 1)
    const back = backLinks(100, sources, targets)
    expect(back.some((each) => each === 1)).toBe(true)
    const left = new Set(Array.from(back.keys()).filter((link) => !back[link]))
    for (let removed = true; removed;) {
      removed = false
      for (const link of left) {
        if ([...left].some((other) => targets[other] === sources[link])) continue
        left.delete(link)
        removed = true
      }
    }
    expect(left.size).toBe(0)
  })
})
