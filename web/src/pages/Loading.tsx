import type { ReactNode } from 'react'
import { GraphQLError } from '../api/client'
import { ErrorNote } from '../ui/Note'
import { Skeleton } from '../ui/Skeleton'
import NotFoundPage from './NotFoundPage'

/** Whether there is nothing of that name: a reference that can't be one is no better. */
export function isNotFound(error: unknown): boolean {
  return (
    error instanceof GraphQLError &&
    (error.code === 'NOT_FOUND' || (error.code === 'BAD_USER_INPUT' && error.field[0] === 'ref'))
  )
}

/** A session that has ended is shown by the shell, which asks for a key: until then the page only waits. */
const isWaiting = (error: unknown) => error instanceof GraphQLError && error.code === 'UNAUTHENTICATED'

interface MissingProps {
  error: unknown
  retry: () => void
  /** What it would be: "collection". */
  what: string
}

/** What stands for a page whose data are not here. */
export function Missing({ error, retry, what }: MissingProps) {
  if (isNotFound(error)) return <NotFoundPage what={what} />
  return (
    <div className="page">
      {error && !isWaiting(error) ? <ErrorNote error={error} retry={retry} /> : <PageSkeleton />}
    </div>
  )
}

/** The outline of a page with a header and tabs. */
function PageSkeleton() {
  return (
    <div className="page-skeleton" role="status" aria-label="Loading">
      <span className="bone bone-crumbs" />
      <span className="bone bone-title" />
      <span className="bone bone-tabs" />
      <span className="bone bone-body" />
    </div>
  )
}

interface SectionStateProps {
  error: unknown
  retry: () => void
  lines?: number
}

/** What stands for a part of a page whose data are not here. */
export function SectionState({ error, retry, lines = 6 }: SectionStateProps) {
  return error && !isWaiting(error) ? <ErrorNote error={error} retry={retry} /> : <Skeleton lines={lines} />
}

export function Breadcrumbs({ children }: { children: ReactNode }) {
  return (
    <nav className="breadcrumbs" aria-label="Where this is">
      {children}
    </nav>
  )
}
