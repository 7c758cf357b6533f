import { useState } from 'react'
import { Link } from 'wouter'
import { useQuery } from '../../api/hooks'
import type { RecallQuery } from '../../api/generated/graphql'
import { paths } from '../../app/paths'
import { useParameters } from '../../app/useParameters'
import { AliasChip, VersionChip } from '../../ui/Chip'
import { minuteOf, startOfDay } from '../../ui/days'
import { formatCount } from '../../ui/format'
import { Icon } from '../../ui/Icon'
import { ErrorNote } from '../../ui/Note'
import { Person } from '../../ui/Person'
import { Table } from '../../ui/Table'
import { SectionState } from '../Loading'
import { ArtifactLink, RunLink } from '../RunLink'
import './as-of.css'
import { saveReport } from './documents'
import { RECALL } from './pastOperations'

type Impact = RecallQuery['impact']

/** What came of a version, which aliases serve it or served it, and who asked for whatever was the latest. */
export function RecallTab({ artifact }: { artifact: { id: string; name: string } }) {
  const [parameters, set] = useParameters()
  const [failure, setFailure] = useState<unknown>(null)
  const days = { from: parameters.get('from') ?? '', until: parameters.get('until') ?? '' }
  const from = startOfDay(days.from)?.toISOString() ?? null
  const until = startOfDay(days.until, 1)?.toISOString() ?? null
  const { data, error, refetch } = useQuery(RECALL, { id: artifact.id, from, until }, { keepPrevious: true })
  const impact = data?.impact
  if (!impact) return <SectionState error={error} retry={refetch} />
  return (
    <section className="recall" aria-label="Recall">
      <div className="recall-bar">
        <label>
          Served from
          <input
            type="date"
            className="input"
            value={days.from}
            onChange={(event) => set('from', event.target.value)}
          />
        </label>
        <label>
          until
          <input
            type="date"
            className="input"
            value={days.until}
            onChange={(event) => set('until', event.target.value)}
          />
        </label>
        <button
          type="button"
          className="button"
          onClick={() => {
            setFailure(null)
            saveReport(artifact, from, until).catch(setFailure)
          }}
        >
          <Icon name="download" size={14} /> Save the report
        </button>
      </div>
      {(failure ?? error) !== null && <ErrorNote error={failure ?? error} retry={refetch} />}
      <Numbers impact={impact} />
      <Aliases impact={impact} then={from !== null || until !== null} />
      <Requested impact={impact} />
    </section>
  )
}

function Numbers({ impact: { runs, artifacts, truncated, counts } }: { impact: Impact }) {
  if (runs === 0) return <p className="quiet">No run has used it: nothing came of it.</p>
  return (
    <div>
      <p>
        {truncated && 'At least '}
        {formatCount(runs, 'run')} and {formatCount(artifacts, 'version')} came of it.
      </p>
      <ul className="recall-numbers" aria-label="By type">
        {counts.map(({ kind, type, count }) => (
          <li key={`${kind} ${type}`} className="chip">
            {kind === 'Run' ? formatCount(count, type ? `${type} run` : 'other run') : `${count} ${type}`}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Aliases({ impact: { aliases }, then }: { impact: Impact; then: boolean }) {
  return (
    <div>
      <h2>
        {then
          ? 'Aliases that served it, or what came of it, in that time'
          : 'Aliases that serve it, or what came of it, now'}
      </h2>
      {aliases.length === 0 ? (
        <p className="quiet">None.</p>
      ) : (
        <Table
          label="Aliases"
          rows={aliases}
          rowKey={({ name, path, from }) => `${path} ${name} ${from}`}
          columns={[
            { title: 'Alias', cell: ({ name }) => <AliasChip name={name} /> },
            { title: 'Of', cell: ({ collection, path }) => <Link href={paths.collection(collection)}>{path}</Link> },
            {
              title: 'Version',
              cell: ({ collection, version }) => (
                <Link href={paths.version(collection, version)}>
                  <VersionChip version={version} />
                </Link>
              ),
            },
            { title: 'From', cell: ({ from }) => minuteOf(from) },
            { title: 'Until', cell: ({ until }) => (until ? minuteOf(until) : 'now') },
            { title: 'Set by', secondary: true, cell: ({ actor }) => <Person of={actor} /> },
            { title: 'Reason', secondary: true, cell: ({ reason }) => reason },
          ]}
        />
      )}
    </div>
  )
}

function Requested({ impact: { requested, uses } }: { impact: Impact }) {
  if (requested.length === 0) return null
  return (
    <div>
      <h2>What runs asked for</h2>
      <ul className="recall-numbers" aria-label="Asked for">
        {requested.map(({ requestedAs, count }) => (
          <li key={requestedAs ?? ''} className="chip">
            {requestedAs ?? 'not known'}: {count}
          </li>
        ))}
      </ul>
      {uses.length > 0 && (
        <>
          <h2>Who asked for latest, and got it</h2>
          <Table
            label="Uses of latest"
            rows={uses}
            rowKey={({ run, artifact }) => `${run.id} ${artifact.id}`}
            columns={[
              { title: 'Run', cell: ({ run }) => <RunLink run={run} /> },
              { title: 'Got', cell: ({ artifact }) => <ArtifactLink artifact={artifact} /> },
              { title: 'By', cell: ({ run }) => <Person of={run.createdBy} /> },
              { title: 'When', cell: ({ createdAt }) => minuteOf(createdAt) },
            ]}
          />
        </>
      )}
    </div>
  )
}
