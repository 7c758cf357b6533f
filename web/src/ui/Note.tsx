import type { ReactNode } from 'react'
import { explain, GraphQLError } from '../api/client'
import { Icon, type IconName } from './Icon'

interface EmptyProps {
  icon?: IconName
  title: string
  children?: ReactNode
}

/** There is nothing to show: why, and what to do about it. */
export function Empty({ icon = 'collection', title, children }: EmptyProps) {
  return (
    <div className="empty">
      <Icon name={icon} size={32} />
      <h2>{title}</h2>
      {children}
    </div>
  )
}

/** A request failed: in the server's words, with the id under which its log has more. */
export function ErrorNote({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <div className="note note-error" role="alert">
      <Icon name="warning" />
      <div>
        <p>{explain(error)}</p>
        {error instanceof GraphQLError && error.requestId && (
          <p className="quiet">
            Request <code>{error.requestId}</code>
          </p>
        )}
      </div>
      {retry && (
        <button type="button" className="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  )
}
