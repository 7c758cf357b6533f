import { AccountMenu } from '../app/AccountMenu'
import { paths } from '../app/paths'
import { mustSignIn, useSession } from '../app/session'

/** The way back to the app, and who is asking: GraphiQL sends the session's cookie, or a key from its headers. */
export function PageHeader() {
  const { data: session } = useSession()
  return (
    <>
      <header className="shell-header graphiql-header">
        <a href={paths.home} className="shell-brand" aria-label="gqlregistry, home">
          <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width="24" height="24" />
          <span>gqlregistry</span>
        </a>
        <h1>GraphiQL</h1>
        <nav className="shell-nav" aria-label="Main">
          <a href={paths.history} className="shell-wide">
            History
          </a>
          <AccountMenu session={session} />
        </nav>
      </header>
      {mustSignIn(session) && (
        <p className="graphiql-signin" role="status">
          You are not signed in. <a href={paths.home}>Sign in</a>, or give a key under Headers, as{' '}
          <code>{'{"Authorization": "Bearer …"}'}</code>.
        </p>
      )}
    </>
  )
}
