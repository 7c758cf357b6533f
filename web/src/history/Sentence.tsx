import { Fragment, type ReactNode } from 'react'
import { Link } from 'wouter'
import { artifactPath, paths } from '../app/paths'
import { AliasChip, Tag, VersionChip } from '../ui/Chip'
import { textOf, type AliasPart, type Part } from './sentence'

interface SentenceProps {
  parts: Part[]
  /** Where an alias leads: to its own history. */
  aliasHref: (part: AliasPart) => string | null
}

/** A sentence with its things as chips and links. */
export function Sentence({ parts, aliasHref }: SentenceProps) {
  return parts.map((part, index) => (
    <Fragment key={index}>
      {index > 0 && !(typeof part === 'string' && part.startsWith(',')) && ' '}
      <Piece part={part} aliasHref={aliasHref} />
    </Fragment>
  ))
}

function Piece({ part, aliasHref }: { part: Part; aliasHref: SentenceProps['aliasHref'] }): ReactNode {
  if (typeof part === 'string') return part
  switch (part.is) {
    case 'version':
      return (
        <Linked href={part.collection && paths.version(part.collection, part.version)}>
          <VersionChip version={part.version} />
        </Linked>
      )
    case 'alias':
      return (
        <Linked href={aliasHref(part)} title={`The history of ${part.alias}`}>
          <AliasChip name={part.alias} />
        </Linked>
      )
    case 'tag':
      return <Tag>{part.tag}</Tag>
    case 'artifact':
      return (
        <Linked href={artifactPath(part.name)} title={part.name}>
          {textOf(part)}
        </Linked>
      )
    case 'collection':
      return (
        <Linked href={part.gone ? null : paths.collection(part.collection)} title={part.collection.path}>
          {textOf(part)}
        </Linked>
      )
    case 'run':
      return (
        <Linked href={part.gone ? null : paths.run(part.path)} title={part.path}>
          {part.name}
        </Linked>
      )
    case 'registry':
      return <Linked href={part.gone ? null : paths.registry(part.path)}>{part.name}</Linked>
    case 'project':
      return <Linked href={part.gone ? null : paths.project(part.path)}>{part.path}</Linked>
    case 'entity':
      return (
        <strong title={part.name} className="history-name">
          {part.shown}
        </strong>
      )
  }
}

/** A thing as a link; what is gone is only named. */
function Linked({ href, title, children }: { href: string | null; title?: string; children: ReactNode }) {
  if (!href) return <span title={title}>{children}</span>
  return (
    <Link href={href} title={title}>
      {children}
    </Link>
  )
}
