import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { DeleteRunDialog } from '../actions/DeleteDialogs'
import { RunNotes } from '../actions/descriptions'
import { useQuery } from '../api/hooks'
import { paths, type RunTab } from '../app/paths'
import { useTitle } from '../app/useTitle'
import { LineageView } from '../lineage/LineageView'
import { StateChip } from '../ui/Chip'
import { Icon } from '../ui/Icon'
import { JsonSection } from '../ui/JsonSection'
import { Menu, MenuItem } from '../ui/Menu'
import { Person } from '../ui/Person'
import { Tabs } from '../ui/Tabs'
import { Time } from '../ui/Time'
import { Breadcrumbs, isNotFound, Missing } from './Loading'
import NotFoundPage from './NotFoundPage'
import { RUN } from './run/operations'
import { RunInputs, RunOutputs } from './run/RunArtifacts'
import { RunFacts, type Run } from './run/RunFacts'

/** One run: what went into it, what came out. */
export default function RunPage({ path, tab = 'overview' }: { path: string; tab: string | undefined }) {
  return tab === 'overview' || tab === 'lineage' ? <ShownRun key={path} path={path} tab={tab} /> : <NotFoundPage />
}

function ShownRun({ path, tab }: { path: string; tab: RunTab }) {
  const { data, error, refetch } = useQuery(RUN, { ref: { name: path } })
  const run = data?.run
  useTitle(tab === 'lineage' ? 'Lineage' : null, run?.displayName ?? path)
  if (!run || isNotFound(error)) return <Missing error={error} retry={refetch} what="run" />
  return (
    <div className={tab === 'lineage' ? 'page page-fill' : 'page'}>
      <RunHeader run={run} />
      <Tabs
        label="Run"
        tabs={[
          { label: 'Overview', href: paths.run(path), current: tab === 'overview' },
          { label: 'Lineage', href: paths.run(path, 'lineage'), current: tab === 'lineage' },
        ]}
      />
      {tab === 'lineage' ? (
        <div className="fill">
          <LineageView key={run.id} start={{ kind: 'run', id: run.id }} />
        </div>
      ) : (
        <div className="overview">
          <div className="overview-main">
            <RunInputs id={run.id} first={run.inputs} />
            <RunOutputs id={run.id} first={run.outputs} />
            <Values label="Summary" value={run.summary} none="No metric was kept." />
            <Values label="Config" value={run.config} none="No config was kept." />
            <RunNotes id={run.id} text={run.notes} />
          </div>
          <RunFacts run={run} />
        </div>
      )}
    </div>
  )
}

function RunHeader({ run }: { run: Run }) {
  const [deleting, setDeleting] = useState(false)
  const [, navigate] = useLocation()
  return (
    <header className="collection-header">
      <Breadcrumbs>
        <Link href={paths.project(run.project.path)}>{run.project.path}</Link>
        <Link href={paths.project(run.project.path)}>Runs</Link>
        <span aria-current="page">{run.name}</span>
      </Breadcrumbs>
      <div className="title-row">
        <div className="title-name">
          <span className="title-icon title-icon-run">
            <Icon name="run" size={20} />
          </span>
          <h1>{run.displayName}</h1>
          {!run.deletedAt && (
            <Menu
              label={`Actions on ${run.displayName}`}
              button={<Icon name="chevron-down" />}
              className="button button-icon"
            >
              <MenuItem danger onSelect={() => setDeleting(true)}>
                <Icon name="trash" /> Delete the run…
              </MenuItem>
            </Menu>
          )}
        </div>
        <StateChip state={run.state} />
      </div>
      {run.deletedAt && (
        <div className="note note-warn" role="note">
          <Icon name="trash" />
          <p>
            This run was deleted{' '}
            {run.deletedBy && (
              <>
                by <Person of={run.deletedBy} />
              </>
            )}{' '}
            <Time at={run.deletedAt} />. It stays in every lineage.
          </p>
        </div>
      )}
      {deleting && (
        <DeleteRunDialog
          run={run}
          onClose={() => setDeleting(false)}
          onDone={() => navigate(paths.project(run.project.path))}
        />
      )}
    </header>
  )
}

function Values({ label, value, none }: { label: string; value: unknown; none: string }) {
  const filled = typeof value === 'object' && value !== null && Object.keys(value).length > 0
  if (filled) return <JsonSection heading label={label} value={value} />
  return (
    <section className="section" aria-label={label}>
      <h2>{label}</h2>
      <p className="quiet">{none}</p>
    </section>
  )
}
