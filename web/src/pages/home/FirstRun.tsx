import { useState } from 'react'
import { useQuery } from '../../api/hooks'
import { paths } from '../../app/paths'
import { useSession } from '../../app/session'
import { Snippet } from '../../ui/CopyButton'
import { Icon } from '../../ui/Icon'
import { Skeleton } from '../../ui/Skeleton'
import { VIEWER } from './operations'
import { graphqlLines, wandbLines } from './firstRun'

/** Nothing is here yet: how to make some, by the wandb client or by GraphQL. */
export function FirstRun() {
  const [way, setWay] = useState<'wandb' | 'graphql'>('wandb')
  const { data: session } = useSession()
  const { data } = useQuery(VIEWER, {})
  const host = location.origin
  return (
    <section className="card first-run" aria-labelledby="first-run">
      <Icon name="map" size={32} />
      <h1 id="first-run">Log the first run</h1>
      <p className="quiet">
        Nothing is here yet. A script that says “import wandb” runs here as it is; or tell of a run in GraphQL.
      </p>
      <div className="switch" role="group" aria-label="How">
        <button type="button" aria-pressed={way === 'wandb'} onClick={() => setWay('wandb')}>
          wandb
        </button>
        <button type="button" aria-pressed={way === 'graphql'} onClick={() => setWay('graphql')}>
          GraphQL
        </button>
      </div>
      {way === 'wandb' ? (
        <>
          <h2>1. Send the client here</h2>
          <Snippet what="the shell lines" text={wandbLines(host, session?.needsKey ?? false).shell} />
          <h2>2. Log something</h2>
          <Snippet what="the Python lines" text={wandbLines(host, false).python} />
        </>
      ) : (
        <>
          <h2>Run this mutation</h2>
          {data ? <Snippet what="the mutation" text={graphqlLines(data.viewer.name)} /> : <Skeleton lines={12} />}
          <a className="button" href={paths.graphiql}>
            Open GraphiQL
          </a>
        </>
      )}
      <p className="quiet">This page shows it when you come back to it.</p>
    </section>
  )
}
