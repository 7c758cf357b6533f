import { useRef, type KeyboardEvent } from 'react'
import { Link, useSearchParams } from 'wouter'
import { usePages } from '../api/hooks'
import { paths } from '../app/paths'
import { useTitle } from '../app/useTitle'
import { formatCount } from '../ui/format'
import { Icon } from '../ui/Icon'
import { LoadMore } from '../ui/LoadMore'
import { Empty } from '../ui/Note'
import { Tabs } from '../ui/Tabs'
import { SectionState } from './Loading'
import { Hit } from './search/Hit'
import { byGroup, hitsOf, versionNamed } from './search/hits'
import { KINDS, readKind } from './search/kinds'
import { SEARCH } from './search/operations'

const PAGE = 50
/** How many the server ranks. */
const MOST = 1000

/** All that has the words of a text, or what of it is of one kind. */
export default function SearchPage() {
  const [parameters] = useSearchParams()
  const text = (parameters.get('q') ?? '').trim()
  const kind = readKind(parameters)
  useTitle(text, 'Search')
  const pages = usePages(SEARCH, { text, kinds: kind && [kind], first: PAGE }, (result) => result.search.pageInfo, {
    enabled: text !== '',
  })
  const { data, error, refetch, hasNextPage } = pages
  const list = useRef<HTMLDivElement>(null)
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>('.hit-exact, .hit-list a') ?? [])]
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
        {data && (
          <span className="quiet">
            {found < MOST ? '' : 'the first '}
            {formatCount(found, 'result')}
          </span>
        )}
      </header>
      {text === '' ? (
        <Empty icon="search" title="Search over everything">
          <p>By words, or how they begin, of names, descriptions, tags, metadata and configs.</p>
        </Empty>
      ) : (
        <Tabs
          label="Kinds"
          tabs={[
            { label: 'Everything', href: paths.search(text), current: kind === null },
            ...KINDS.map(([each, label]) => ({ label, href: paths.search(text, each), current: kind === each })),
          ]}
        />
      )}
      {exact && (
        <Link href={exact} className="card hit-exact">
          <Icon name="arrow-right" /> Go to the version <strong>{text}</strong>
        </Link>
      )}
      {text !== '' && !data && <SectionState error={error} retry={refetch} lines={8} />}
      {data && found === 0 && (
        <Empty icon="search" title="Nothing found">
          <p>
            {kind ? 'Nothing of this kind' : 'Nothing'} that you may see has words that begin so in its name,
            description, tags, metadata or config.
          </p>
        </Empty>
      )}
      {data &&
        byGroup(hitsOf(data.pages)).map(([group, hits]) => (
          <section key={group} className="section" aria-label={group}>
            {/* How many there are is known when all have come. */}
            <h2>
              {group} {!hasNextPage && <span className="tabs-count">{hits.length}</span>}
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
