import { lazy, Suspense } from 'react'
import { Skeleton } from './Skeleton'

const Rendered = lazy(() => import('./MarkdownRendered'))

/** What somebody wrote, as Markdown. HTML in it is shown as text, and pictures of other hosts are not loaded. */
export function Markdown({ text }: { text: string }) {
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <Rendered text={text} />
    </Suspense>
  )
}
