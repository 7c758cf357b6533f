import { Link } from 'wouter'
import { typeHue } from './hues'
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

/** All tags of a thing. */
export function Tags({ tags }: { tags: string[] }) {
  return (
    <span className="chips">
      {tags.map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
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
