import { Link } from 'wouter'
import { Icon } from './Icon'

/** The tone of an alias: what is in service stands out, what moves by itself is quiet. */
export function aliasTone(name: string): 'strong' | 'quiet' | 'plain' {
  if (name === 'latest') return 'quiet'
  return /^prod(uction)?$/.test(name) ? 'strong' : 'plain'
}

interface AliasChipProps {
  name: string
  /** Only admins of the registry may move it. */
  locked?: boolean
  /** Shown as a button on the chip. */
  onRemove?: (() => void) | undefined
}

export function AliasChip({ name, locked = false, onRemove }: AliasChipProps) {
  return (
    <span className={`chip chip-alias chip-${aliasTone(name)}`} title={locked ? `${name} is protected` : name}>
      {locked && (
        <>
          <Icon name="lock" size={12} />
          <span className="visually-hidden">protected</span>
        </>
      )}
      <span className="chip-text">{name}</span>
      {onRemove && (
        <button type="button" className="chip-remove" aria-label={`Remove alias ${name}`} onClick={onRemove}>
          <Icon name="close" size={12} />
        </button>
      )}
    </span>
  )
}

export function VersionChip({ version }: { version: string }) {
  return <span className="chip chip-version">{version}</span>
}

interface TagProps {
  children: string
  /** To all that have it. */
  href?: string | undefined
  /** Shown as a button on the chip. */
  onRemove?: (() => void) | undefined
}

export function Tag({ children, href, onRemove }: TagProps) {
  return (
    <span className="chip chip-tag">
      <span className="chip-text">{href ? <Link href={href}>{children}</Link> : children}</span>
      {onRemove && (
        <button type="button" className="chip-remove" aria-label={`Remove tag ${children}`} onClick={onRemove}>
          <Icon name="close" size={12} />
        </button>
      )}
    </span>
  )
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
