import { Link } from 'wouter'
import { paths } from '../app/paths'
import { useTitle } from '../app/useTitle'
import { Empty } from '../ui/Note'

/** There is nothing at this address, or nothing that the reader may see: the two must look the same. */
export default function NotFoundPage({ what = 'page' }: { what?: string }) {
  useTitle('Not found')
  return (
    <div className="page">
      <h1 className="visually-hidden">Not found</h1>
      <Empty icon="warning" title={`There is no such ${what}`}>
        <p>It may have been deleted or renamed, or you may not see it.</p>
        <Link href={paths.home} className="button">
          To the start
        </Link>
      </Empty>
    </div>
  )
}
