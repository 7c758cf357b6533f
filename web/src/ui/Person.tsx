import { hueOf } from './hues'

export interface PersonName {
  name: string
  displayName?: string | null
}

/** Who somebody is: what people call them, and the name in paths on hover. */
export function Person({ of }: { of: PersonName }) {
  const shown = of.displayName ?? of.name
  return (
    <span className="person" title={of.displayName ? `${of.displayName} (${of.name})` : of.name}>
      <span className="person-mark" data-hue={hueOf(of.name)} aria-hidden="true">
        {initials(shown)}
      </span>
      <span className="person-name">{shown}</span>
    </span>
  )
}

/** "Maya Okafor" is MO, "build-bot" is BB, "local" is L. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean)
  return words
    .slice(0, 2)
    .map((word) => [...word][0]!.toUpperCase())
    .join('')
}
