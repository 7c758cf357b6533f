import type { Picture } from './useLayout'

export type Direction = 'left' | 'right' | 'up' | 'down'

const KEYS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

export const directionOf = (key: string): Direction | null => KEYS[key] ?? null

/** Where an arrow key leads from a card: along a link to the nearest neighbour, or to the next card of its column. */
export function walkFrom({ scene, layout, index }: Picture, id: string, direction: Direction): string | null {
  const own = index.get(id)
  if (own === undefined) return null
  const middle = (at: number) => layout.places[2 * at + 1]!
  const nearest = (ids: string[]) => {
    const away = (other: string) => Math.abs(middle(index.get(other)!) - middle(own))
    return ids.reduce<string | null>((best, other) => (best === null || away(other) < away(best) ? other : best), null)
  }
  if (direction === 'left' || direction === 'right') {
    const [from, to] = direction === 'right' ? (['source', 'target'] as const) : (['target', 'source'] as const)
    return nearest(scene.links.filter((link) => link[from] === id && link[to] !== id).map((link) => link[to]))
  }
  const column = scene.cards.flatMap((card, at) => {
    if (at === own || layout.columns[at] !== layout.columns[own]) return []
    return (direction === 'up') === middle(at) < middle(own) ? [card.id] : []
  })
  return nearest(column)
}
