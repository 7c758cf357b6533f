import type { ReactNode } from 'react'

/** The tone of an alias: what is in service stands out, what moves by itself is quiet. */
export function aliasTone(name: string): 'strong' | 'quiet' | 'plain' {
  if (name === 'latest') return 'quiet'
  return /^prod(uction)?$/.test(name) ? 'strong' : 'plain'
}

export function AliasChip({ name }: { name: string }) {
  return <span className={`chip chip-alias chip-${aliasTone(name)}`}>{name}</span>
}

export function VersionChip({ version }: { version: string }) {
  return <span className="chip chip-version">{version}</span>
}

export function Tag({ children }: { children: ReactNode }) {
  return <span className="chip chip-tag">{children}</span>
}

/** A run's state, by word and colour. */
export function StateChip({ state }: { state: string }) {
  return <span className={`chip chip-state state-${state.toLowerCase()}`}>{state.toLowerCase()}</span>
}

/** An artifact's type, in its colour; see `typeHue`. */
export function TypeLabel({ type }: { type: string }) {
  return (
    <span className="type-label" data-hue={typeHue(type)}>
      {type}
    </span>
  )
}

const HUES = 6
const KNOWN: Record<string, number> = { dataset: 0, model: 1 }

/** Which of the six hues of `tokens.css` an artifact type has: always the same for the same name. */
export function typeHue(type: string): number {
  let sum = 0
  for (const letter of type) sum = (sum * 31 + letter.codePointAt(0)!) % 1_000_003
  return KNOWN[type] ?? 2 + (sum % (HUES - 2))
}
