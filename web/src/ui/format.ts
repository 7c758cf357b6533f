const BYTES = ['B', 'KB', 'MB', 'GB', 'TB', 'PB']
const NUMBER = new Intl.NumberFormat('en')

/** Bytes in words: 1,234,567 is "1.2 MB". The server sends a number above 2⁵³ as a string. */
export function formatBytes(bytes: number | string): string {
  let size = Number(bytes)
  let unit = 0
  while (Math.round(size) >= 1000 && unit < BYTES.length - 1) {
    size /= 1000
    unit += 1
  }
  return `${unit > 0 && size < 100 ? size.toFixed(1) : Math.round(size)} ${BYTES[unit]}`
}

export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${NUMBER.format(count)} ${count === 1 ? one : many}`
}

/** How long something took: "2 d 3 h", "4 min 12 s", "0.8 s". */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds / 1000)
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3_600) return inTwo(whole, 60, 'min', 1, 's')
  if (whole < 86_400) return inTwo(whole, 3_600, 'h', 60, 'min')
  return inTwo(whole, 86_400, 'd', 3_600, 'h')
}

function inTwo(seconds: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((seconds % large) / small)
  return `${Math.floor(seconds / large)} ${largeName}${rest ? ` ${rest} ${smallName}` : ''}`
}

/** The last part of a path: of a version's full name, `collection:v4`. */
export function shortName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** A digest that fits beside other things: `sha256:1809ca41…`. */
export function shortDigest(digest: string): string {
  const [algorithm, hex = ''] = digest.split(':')
  return hex.length > 12 ? `${algorithm}:${hex.slice(0, 12)}…` : digest
}

/** An enum's value in words: `RESTRICTED_VIEWER` is "Restricted viewer". */
export function inWords(value: string): string {
  const words = value.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
