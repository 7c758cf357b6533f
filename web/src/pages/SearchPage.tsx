import { useRef, type KeyboardEvent } from 'react'
import { Link, useSearchParams } from 'wouter'
import { usePages } from '../api/hooks'
import { useTitle } from '../app/useTitle'
import { formatCount } from '../ui/format'
import { Icon } from '../ui/Icon'
import { Empty, ErrorNote } from '../ui/Note'
import { Skeleton } from '../ui/Skeleton'
import { Hit } from './search/Hit'
import { byKind, hitsOf, versionNamed } from './search/hits'
import { SEARCH } from './search/operations'

const PAGE = 50

/** All that has a text in its name or description, by kind. */
export default function SearchPage() {
  const [parameters] = useSearchParams()
  const text = (parameters.get('q') ?? '').trim()
  useTitle(text, 'Search')
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = usePages(
    SEARCH,
    { text, first: PAGE },
    (result) => result.search.pageInfo,
    { enabled: text !== '' },
  )
  const list = useRef<HTMLDivElement>(null)
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    const links = [...(list.current?.querySelectorAll('a') ?? [])]
    const at = links.indexOf(document.activeElement as HTMLAnchorElement)
    links[Math.max(0, Math.min(links.length - 1, at + step))]?.focus()
    event.preventDefault()
  }
  const exact = versionNamed(text)
  const found = data?.pages[0]?.search.totalCount ?? 0
  return (
    <div className="page" onKeyDown={walk} ref={list}>
      <header className="page-header">
        <h1>{text ? <>Search for “{text}”</> : 'Search'}</h1>
        {data && <span className="quiet">{formatCount(found, 'result')}</span>}
      </header>
      {text === '' && (
        <Empty icon="search" title="Search over everything">
          <p>Runs, collections, projects and registries by a part of their name or description.</p>
        </Empty>
      )}
      {exact && (
        <Link href={exact} className="card hit-exact">
          <Icon name="arrow-right" /> Go to the version <strong>{text}</strong>
        </Link>
      )}
      {error && <ErrorNote error={error} retry={refetch} />}
      {text !== '' && !data && !error && <Skeleton lines={8} />}
      {data && found === 0 && (
        <Empty icon="search" title="Nothing found">
          <p>No run, collection, project or registry that you may see has this in its name or description.</p>
        </Empty>
      )}
      {data &&
        byKind(hitsOf(data.pages)).map(([kind, hits]) => (
          <section key={kind} className="section" aria-label={kind}>
            <h2>
              {kind} <span className="tabs-count">{hits.length}</span>
            </h2>
            <ul className="hit-list card">
              {hits.map((hit) => (
                <li key={hit.id}>
                  <Link href={hit.href}>
                    <Hit hit={hit} />
                    {hit.about && <span className="hit-about quiet">{hit.about}</span>}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      <LoadMore {...pages} byHand />
    </div>
  )
}
