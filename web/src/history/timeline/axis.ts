/** A stretch of time, in milliseconds. */
export interface Span {
  start: number
  end: number
}

export interface Tick {
  at: number
  label: string
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MONTH = 30.4 * DAY
const YEAR = 365.25 * DAY

/** Steps of an axis, each on the calendar of the reader's zone. */
const STEPS: { length: number; unit: 'minute' | 'hour' | 'day' | 'month' | 'year'; by: number }[] = [
  { length: HOUR / 4, unit: 'minute', by: 15 },
  { length: HOUR, unit: 'hour', by: 1 },
  { length: 3 * HOUR, unit: 'hour', by: 3 },
  { length: 6 * HOUR, unit: 'hour', by: 6 },
  { length: DAY, unit: 'day', by: 1 },
  { length: 2 * DAY, unit: 'day', by: 2 },
  { length: 7 * DAY, unit: 'day', by: 7 },
  { length: MONTH, unit: 'month', by: 1 },
  { length: 3 * MONTH, unit: 'month', by: 3 },
  { length: YEAR, unit: 'year', by: 1 },
  { length: 2 * YEAR, unit: 'year', by: 2 },
  { length: 5 * YEAR, unit: 'year', by: 5 },
  { length: 20 * YEAR, unit: 'year', by: 20 },
  { length: 100 * YEAR, unit: 'year', by: 100 },
]

const LABELS: Record<(typeof STEPS)[number]['unit'], Intl.DateTimeFormat> = {
  minute: new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }),
  hour: new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }),
  day: new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' }),
  month: new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric' }),
  year: new Intl.DateTimeFormat(undefined, { year: 'numeric' }),
}

/** The marks of an axis: round times, at most so many. */
export function ticks({ start, end }: Span, most: number): Tick[] {
  const step = STEPS.find(({ length }) => (end - start) / length <= most) ?? STEPS.at(-1)!
  const found: Tick[] = []
  for (const at = firstTick(new Date(start), step); at.getTime() <= end; move(at, step)) {
    if (at.getTime() >= start) found.push({ at: at.getTime(), label: LABELS[step.unit].format(at) })
  }
  return found
}

function firstTick(start: Date, { unit, by }: (typeof STEPS)[number]): Date {
  const [year, month, day, hour] = [start.getFullYear(), start.getMonth(), start.getDate(), start.getHours()]
  const down = (value: number) => value - (value % by)
  if (unit === 'year') return new Date(down(year), 0, 1)
  if (unit === 'month') return new Date(year, down(month), 1)
  if (unit === 'day') return new Date(year, month, by === 1 ? day : 1 + down(day - 1))
  if (unit === 'hour') return new Date(year, month, day, down(hour))
  return new Date(year, month, day, hour, down(start.getMinutes()))
}

function move(at: Date, { unit, by }: (typeof STEPS)[number]): void {
  if (unit === 'year') at.setFullYear(at.getFullYear() + by)
  else if (unit === 'month') at.setMonth(at.getMonth() + by)
  else if (unit === 'day') {
    const month = at.getMonth()
    at.setDate(at.getDate() + by)
    // Every second or seventh day is counted anew in each month, so that the marks stay where they are when one scrolls.
    if (by > 1 && (at.getMonth() !== month || at.getDate() > 29)) at.setMonth(month + 1, 1)
  } else if (unit === 'hour') at.setHours(at.getHours() + by)
  else at.setMinutes(at.getMinutes() + by)
}

/** Where a time stands on an axis of a width. */
export function place(time: number, { start, end }: Span, width: number): number {
  return ((time - start) / Math.max(1, end - start)) * width
}
