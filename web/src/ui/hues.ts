/** How many hues `tokens.css` has. */
export const HUES = 6
const KNOWN: Record<string, number> = { dataset: 0, model: 1 }

/** Which hue an artifact type has: always the same for the same name. */
export function typeHue(type: string): number {
  return KNOWN[type] ?? 2 + (hash(type) % (HUES - 2))
}

/** Which hue a name has, where none is taken by anything else. */
export function hueOf(name: string): number {
  return hash(name) % HUES
}

function hash(text: string): number {
  let sum = 0
  for (const letter of text) sum = (sum * 31 + letter.codePointAt(0)!) % 1_000_003
  return sum
}
