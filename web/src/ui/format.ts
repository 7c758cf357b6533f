const BYTES = ['B', 'KB', 'MB', 'GB', 'TB', 'PB']
const NUMBER = new Intl.NumberFormat('en')

/** Bytes in words: 1,234,567 is "1.2 MB". The server sends a number above 2⁵³ as a string. */
export function formatBytes(bytes: number | string): string {
  let size = Number(bytes)
  let unit = 0
  while (size >= 1000 && unit < BYTES.length - 1) {
    size /= 1000
    unit += 1
  }
  return `${unit > 0 && size < 100 ? size.toFixed(1) : Math.round(size)} ${BYTES[unit]}`
}

export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${NUMBER.format(count)} ${count === 1 ? one : many}`
}
