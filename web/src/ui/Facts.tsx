import type { ReactNode } from 'react'
import { CopyButton } from './CopyButton'

/** What is to say of a thing, a name and a value each. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="facts">{children}</dl>
}

export function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

interface CopyableProps {
  text: string
  /** What it is: "digest". */
  what: string
  /** What is seen of it, where that is not all. */
  shown?: string
}

/** A text that people take elsewhere. */
export function Copyable({ text, what, shown = text }: CopyableProps) {
  return (
    <span className="copyable">
      <code title={shown === text ? undefined : text}>{shown}</code>
      <CopyButton text={text} what={what} />
    </span>
  )
}
