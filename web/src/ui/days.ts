/** Days are those of the reader's zone, written `2026-03-03` as in a date field and in the address. */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const LONG = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const SHORT = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const MINUTE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

const two = (part: number) => String(part).padStart(2, '0')

/** The day that a time is in. */
export function dayOf(time: string | Date): string {
  const at = new Date(time)
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** The minute that a time is in, as in an address: `2026-03-03T09:30`. */
export function minuteKey(time: Date): string {
  return `${dayOf(time)}T${two(time.getHours())}:${two(time.getMinutes())}`
}

/** The first moment of a day, or of one some days later; null if there is no such day. */
export function startOfDay(day: string, daysLater = 0): Date | null {
  const [, year, month, date] = DAY.exec(day) ?? []
  if (!year || !month || !date) return null
  const start = new Date(Number(year), Number(month) - 1, Number(date))
  if (dayOf(start) !== day) return null
  start.setDate(start.getDate() + daysLater)
  return start
}

export function isDay(day: string | null): day is string {
  return day !== null && startOfDay(day) !== null
}

/** "Today", "Yesterday", "Tuesday 3 March 2026". */
export function dayInWords(day: string, today = new Date()): string {
  if (day === dayOf(today)) return 'Today'
  if (day === shiftedDay(dayOf(today), -1)) return 'Yesterday'
  const start = startOfDay(day)
  return start ? LONG.format(start) : day
}

export function shiftedDay(day: string, by: number): string {
  const shifted = startOfDay(day, by)
  return shifted ? dayOf(shifted) : day
}

/** "3 Mar 2026". */
export function shortDay(day: string): string {
  const start = startOfDay(day)
  return start ? SHORT.format(start) : day
}

/** "09:30". */
export function clock(time: string | Date): string {
  return CLOCK.format(new Date(time))
}

/** "3 Mar 2026, 09:30". */
export function minuteOf(time: string | Date): string {
  return MINUTE.format(new Date(time))
}
