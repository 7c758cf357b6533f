import { createContext, useContext } from 'react'
import type { LineageSide } from '../api/generated/graphql'
import type { Path } from './path'
import type { Dispatch } from './useView'

/** What is lit, marked and in focus on the map just now. */
export interface Marks {
  /** The card that is selected; its path is lit. */
  selected: string | null
  path: Path | null
  /** Cards that have the text that is looked for, with how many nodes; null when none is. */
  matches: Map<string, number> | null
  /** The one card that the Tab key reaches; arrows go on from it. */
  current: string
  /** Expansions on their way: `<id>:<side>`. */
  opening: Set<string>
  /** Of two origins that are compared, to which each card belongs. */
  sides?: Map<string, LineageSide>
}

/** Whether a card stands back: it is not on the lit path, and has not the text that is looked for. */
export function isDim({ path, matches }: Marks, id: string): boolean {
  return (path !== null || matches !== null) && !path?.ids.has(id) && !matches?.has(id)
}

export interface Controls {
  dispatch: Dispatch
  /** Expand or collapse a node, which stays where it is on the screen. */
  keepInPlace: (id: string) => void
  /** Bring a card into sight and give it the focus. */
  goTo: (id: string, focus?: boolean) => void
  walk: (id: string, key: string) => boolean
}

export const MarksContext = createContext<Marks | null>(null)
export const ControlsContext = createContext<Controls | null>(null)

export const useMarks = () => useContext(MarksContext)!
export const useControls = () => useContext(ControlsContext)!
