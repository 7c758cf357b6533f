import { Link } from 'wouter'
import { Snippet } from '../ui/CopyButton'
import { wandbLines } from '../pages/home/firstRun'
import { paths } from './paths'
import { useSession } from './session'
import { useTitle } from './useTitle'

/** Where `wandb login` sends people for a key. */
export default function AuthorizePage() {
  useTitle('Get a key')
  const { data: session } = useSession()
  const needsKey = session?.needsKey ?? false
  return (
    <div className="page sign-in">
      <section className="card sign-in-wide">
        <h1>A key for the wandb client</h1>
        {needsKey ? (
          <p>
            Whoever runs the server makes keys: <code>gqlregistry key create NAME</code>. Paste yours where the client
            asks for it. It is shown once, when it is made, and nowhere here.
          </p>
        ) : (
          <p>No key was made on this server yet: from this machine any 40 characters are the local user.</p>
        )}
        <Snippet what="the shell lines" text={wandbLines(location.origin, needsKey).shell} />
        <Link href={paths.home}>To the start</Link>
      </section>
    </div>
  )
}
