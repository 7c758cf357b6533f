import { useSyncExternalStore } from 'react'

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' })
const TICK = 30_000

let now = Date.now()
const subscribe = (listener: () => void) => {
  const timer = setInterval(() => {
    now = Date.now()
    listener()
  }, TICK)
  return () => clearInterval(timer)
}

/** How long ago, or until when, in words: "3 days ago". */
export function relativeTime(time: string, from = Date.now()): string {
  const seconds = (Date.parse(time) - from) / 1000
  const [unit, length] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['minute', 60]
  return Math.abs(seconds) < 60 ? 'just now' : RELATIVE.format(Math.round(seconds / length), unit)
}

/** The whole time in the reader's zone. */
export function exactTime(time: string): string {
  return EXACT.format(new Date(time))
}

/** When something was: in words, exactly on hover, in the reader's zone. */
export function Time({ at }: { at: string }) {
  const from = useSyncExternalStore(subscribe, () => now)
  return (
    <time dateTime={at} title={exactTime(at)}>
      {relativeTime(at, Math.max(from, Date.now() - TICK))}
    </time>
  )
}
