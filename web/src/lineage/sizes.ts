import type { Card } from './scene'

/** What each kind of card measures, in the map's pixels; `lineage.css` draws them so. */
export const SIZES = {
  artifact: { width: 232, height: 82 },
  run: { width: 216, height: 56 },
  cluster: { width: 232, height: 82 },
} as const

export const sizeOf = (card: Card) => SIZES[card.kind]

/** Above this many cards, edges are drawn on a canvas and only the cards in sight are made. */
export const BIG = 250
/** Below this zoom a big map is drawn as blocks. */
export const BLOCKS = 0.35
export const MIN_ZOOM = 0.02
export const MAX_ZOOM = 1.6
/** Text can be read from this zoom on. */
export const READABLE_ZOOM = 0.72
