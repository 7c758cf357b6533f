/** A moment of the past in the address: to the microsecond, as the server writes it. */

const FRACTION = /\.(\d{1,6})/

/** The moment in the address, if it is one. */
export function readMoment(text: string | null): string | null {
  return text && !Number.isNaN(Date.parse(text)) ? text : null
}

/** The moment a microsecond later: what happens from then on has not happened yet. */
export function justAfter(time: string): string {
  const second = Math.floor(Date.parse(time) / 1000) * 1000
  const next = Number((FRACTION.exec(time)?.[1] ?? '').padEnd(6, '0')) + 1
  const whole = new Date(second + (next === 1_000_000 ? 1000 : 0)).toISOString().slice(0, 19)
  return `${whole}.${String(next % 1_000_000).padStart(6, '0')}Z`
}
