import type { Side } from './model'

/** What the reader has made of the map. It stands in the address, so that a link or the back button restores it. */
export interface View {
  /** As a picture or as a table. */
  shape: 'map' | 'list'
  /** How many edges from the start; null: as many as can be read at once. */
  depth: number | null
  /** How many nodes at most; null: what the depth needs. */
  limit: number | null
  /** What of the map is looked at, once somebody has moved it; null: as it opens. */
  spot: Spot | null
  /** The id of the node or cluster whose path is lit. */
  selected: string | null
  /** `<id>:<side>` of nodes whose neighbours were asked for. */
  expanded: string[]
  /** `<id>:<side>` of nodes whose neighbours were put away. */
  collapsed: string[]
  /** Ids of nodes pulled out of their cluster. */
  pulled: string[]
  hidden: string[]
  grouped: boolean
  filters: Filters
}

/** The point of the map in the middle of what is in sight, and how near it is. */
export interface Spot {
  x: number
  y: number
  zoom: number
}

export interface Filters {
  text: string
  /** Show only what has the text; else what has it is marked. */
  onlyMatches: boolean
  /** Artifact types, or `RUNS`, that are not shown. */
  withoutTypes: string[]
  /** Run states that are not shown. */
  withoutStates: string[]
  /** Recorded on this day or later, or earlier, in the reader's zone: `2026-03-01`. */
  from: string
  until: string
}

export const NO_FILTERS: Filters = {
  text: '',
  onlyMatches: false,
  withoutTypes: [],
  withoutStates: [],
  from: '',
  until: '',
}

export const FIRST_VIEW: View = {
  shape: 'map',
  depth: null,
  limit: null,
  spot: null,
  selected: null,
  expanded: [],
  collapsed: [],
  pulled: [],
  hidden: [],
  grouped: true,
  filters: NO_FILTERS,
}

export type Action =
  | { type: 'look'; spot: Spot }
  | { type: 'select'; id: string | null }
  | { type: 'expand' | 'collapse'; id: string; side: Side }
  | { type: 'pullOut'; ids: string[]; select?: string }
  | { type: 'putBack'; ids: string[] }
  | { type: 'hide'; id: string }
  | { type: 'showHidden'; id?: string }
  | { type: 'filter'; filters: Partial<Filters> }
  | { type: 'depth'; depth: number | null }
  | { type: 'limit'; limit: number }
  | { type: 'shape'; shape: View['shape'] }
  | { type: 'group'; grouped: boolean }
  | { type: 'reset' }

const mark = (id: string, side: Side) => `${id}:${side}`
/** A list with an item that it had not, or without one that it had. */
export const toggled = (list: string[], item: string) => (list.includes(item) ? without(list, item) : [...list, item])
const withOne = (list: string[], item: string) => (list.includes(item) ? list : [...list, item])
const without = (list: string[], item: string) => list.filter((each) => each !== item)

export const isMarked = (list: string[], id: string, side: Side) => list.includes(mark(id, side))

/** The nodes that a list of marks names, with their sides. */
export function marked(list: string[]): { id: string; side: Side }[] {
  return list.map((each) => {
    const colon = each.lastIndexOf(':')
    return { id: each.slice(0, colon), side: each.slice(colon + 1) as Side }
  })
}

/** The view after an action. */
export function reduce(view: View, action: Action): View {
  switch (action.type) {
    case 'look':
      return { ...view, spot: action.spot }
    case 'select':
      return { ...view, selected: action.id }
    case 'expand':
      return {
        ...view,
        expanded: withOne(view.expanded, mark(action.id, action.side)),
        collapsed: without(view.collapsed, mark(action.id, action.side)),
      }
    case 'collapse':
      return {
        ...view,
        expanded: without(view.expanded, mark(action.id, action.side)),
        collapsed: withOne(view.collapsed, mark(action.id, action.side)),
      }
    case 'pullOut':
      return {
        ...view,
        pulled: action.ids.reduce(withOne, view.pulled),
        selected: action.select ?? view.selected,
      }
    case 'putBack':
      return { ...view, pulled: action.ids.reduce(without, view.pulled) }
    case 'hide':
      return {
        ...view,
        hidden: withOne(view.hidden, action.id),
        selected: view.selected === action.id ? null : view.selected,
      }
    case 'showHidden':
      return { ...view, hidden: action.id === undefined ? [] : without(view.hidden, action.id) }
    case 'filter':
      return { ...view, filters: { ...view.filters, ...action.filters } }
    case 'depth':
      return { ...view, depth: action.depth, limit: null, spot: null, expanded: [], collapsed: [] }
    case 'limit':
      return { ...view, limit: action.limit, spot: null }
    case 'shape':
      return { ...view, shape: action.shape }
    case 'group':
      return { ...view, grouped: action.grouped }
    case 'reset':
      return { ...FIRST_VIEW, shape: view.shape }
  }
}

/** Whether a step is worth coming back to; looking around, typing and the like change the address in place. */
export const isStep = (action: Action) =>
  action.type !== 'look' && (action.type !== 'filter' || !('text' in action.filters))
