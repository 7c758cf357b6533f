import { createStore, useStore } from './store'

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

const now = createStore(Date.now())
let watchers = 0
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for all times on a page, which stands still where there is none. */
function watch(listener: () => void): () => void {
  const leave = now.subscribe(listener)
  watchers += 1
  if (watchers === 1) {
    now.set(Date.now())
    timer = setInterval(() => now.set(Date.now()), TICK)
  }
  return () => {
    leave()
    watchers -= 1
    if (watchers === 0) clearInterval(timer)
  }
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
  const from = useStore({ subscribe: watch, get: now.get })
  return (
    <time dateTime={at} title={exactTime(at)}>
      {relativeTime(at, from)}
    </time>
  )
}
