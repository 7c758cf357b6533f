import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { Toasts } from '../ui/toast'
import { AccountMenu } from './AccountMenu'
import { paths } from './paths'
import { SearchBox } from './SearchBox'
import { ServerBanner } from './ServerBanner'
import { mustSignIn, useSession, useSessionWatch } from './session'
import { SignIn } from './SignIn'
import { useTopOfPage } from './useTopOfPage'

/** What is around every page: the way home, the search, the menu, a word when the server is gone, and the door. */
export function Shell({ children }: { children: ReactNode }) {
  const [location] = useLocation()
  const { data: session } = useSession()
  useSessionWatch()
  useTopOfPage(location)
  const closed = mustSignIn(session)
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <header className="shell-header">
        <Link href={paths.home} className="shell-brand" aria-label="gqlregistry, home">
          <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width="24" height="24" />
          <span>gqlregistry</span>
        </Link>
        {!closed && <SearchBox />}
        <nav className="shell-nav" aria-label="Main">
          <Link
            href={paths.history}
            className="shell-wide"
            aria-current={location === paths.history ? 'page' : undefined}
          >
            History
          </Link>
          <Link
            href={paths.questions}
            className="shell-wide"
            aria-current={location.startsWith(paths.questions) ? 'page' : undefined}
          >
            Questions
          </Link>
          <a href={paths.graphiql} className="shell-wide">
            GraphiQL
          </a>
          <AccountMenu session={session} />
        </nav>
      </header>
      <ServerBanner />
      <main id="main" tabIndex={-1}>
        {closed ? <SignIn /> : children}
      </main>
      <Toasts />
    </>
  )
}
