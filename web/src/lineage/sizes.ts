import type { Card } from './scene'

/** What each kind of card measures, in the map's pixels; `cards.css` draws what is in them. */
const SIZES = {
  artifact: { width: 218, height: 84 },
  run: { width: 200, height: 56 },
  cluster: { width: 218, height: 84 },
} as const

export const sizeOf = (card: Card) => SIZES[card.kind]

/**
 * Above this many cards, edges are drawn on a canvas and only the cards in sight are made: 250 cards and their edges in
 * the document pan at half the rate, where there is no graphics card.
 */
export const BIG = 120
/** Below this zoom a big map is drawn as blocks. */
export const BLOCKS = 0.35
export const MIN_ZOOM = 0.005
export const MAX_ZOOM = 1.6
/** Text can be read from this zoom on. */
export const READABLE_ZOOM = 0.72
