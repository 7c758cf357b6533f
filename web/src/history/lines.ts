import { dayOf } from '../ui/days'
import type { HistoryEvent } from './operations'

/** One line on screen: an event, or the two that a move of an alias is. */
export interface Line {
  id: string
  event: HistoryEvent
  /** Of a move: the `ALIAS_REMOVED` that belongs to the `ALIAS_ADDED`. */
  removed: HistoryEvent | null
}

/** What the two halves of a move have in common; it happened at one moment, in one collection, to one alias. */
function moveKey(event: HistoryEvent, from: string | null | undefined): string {
  return JSON.stringify([event.collection?.id, event.alias, event.createdAt, event.actor.name, from])
}

/**
 * The lines of events, newest first. An alias that moved is one line.
 *
 * The half that set the alias is the newer one and says by itself where it came from, so that a line never changes when
 * the older half comes with the next page. A half whose other half is filtered out stands as what it is.
 */
export function linesOf(events: readonly HistoryEvent[]): Line[] {
  const lines: Line[] = []
  const awaited = new Map<string, Line>()
  for (const event of events) {
    if (event.kind === 'ALIAS_REMOVED') {
      const key = moveKey(event, event.version)
      const move = awaited.get(key)
      if (move) {
        move.removed = event
        awaited.delete(key)
        continue
      }
    }
    const line: Line = { id: event.id, event, removed: null }
    lines.push(line)
    if (isMove(event)) awaited.set(moveKey(event, event.previousVersion), line)
  }
  return lines
}

/** Whether an event took an alias from another version. */
function isMove(event: HistoryEvent): boolean {
  return event.kind === 'ALIAS_ADDED' && event.previousVersion != null
}

export interface Day {
  /** The day, told apart from others of the same date. */
  key: string
  day: string
  lines: Line[]
}

/** The lines by the reader's days. A day may come twice: the log is in the order of its writing, whatever a line's time. */
export function daysOf(lines: readonly Line[]): Day[] {
  const days: Day[] = []
  const times = new Map<string, number>()
  for (const line of lines) {
    const day = dayOf(line.event.createdAt)
    const last = days.at(-1)
    if (last?.day === day) {
      last.lines.push(line)
      continue
    }
    const time = times.get(day) ?? 0
    times.set(day, time + 1)
    days.push({ key: time ? `${day} ${time}` : day, day, lines: [line] })
  }
  return days
}
