import { usePages } from '../../api/hooks'
import type { ProjectRunsQuery, RunState } from '../../api/generated/graphql'
import { useParameters } from '../../app/useParameters'
import { StateChip, Tags } from '../../ui/Chip'
import { FilterField } from '../../ui/FilterField'
import { formatCount, formatDuration } from '../../ui/format'
import { LoadMore } from '../../ui/LoadMore'
import { Empty } from '../../ui/Note'
import { Person } from '../../ui/Person'
import { Table, type Column } from '../../ui/Table'
import { Time } from '../../ui/Time'
import { useDebounced } from '../../ui/useDebounced'
import { SectionState } from '../Loading'
import { RunLink } from '../RunLink'
import { durationOf } from '../run/RunFacts'
import { PROJECT_RUNS } from './operations'
import { ORDERS, readRunFilter, STATES, type RunOrderName } from './runFilter'

const PAGE = 50

type ProjectRun = NonNullable<ProjectRunsQuery['project']>['runs']['nodes'][number]

const COLUMNS: Column<ProjectRun>[] = [
  { title: 'Run', cell: (run) => <RunLink run={run} /> },
  { title: 'State', cell: ({ state }) => <StateChip state={state} /> },
  { title: 'Job', secondary: true, cell: ({ jobType }) => jobType },
  { title: 'Group', secondary: true, cell: ({ group }) => group },
  {
    title: 'Tags',
    secondary: true,
    cell: ({ tags }) => <Tags tags={tags} />,
  },
  { title: 'By', secondary: true, cell: ({ createdBy }) => <Person of={createdBy} /> },
  { title: 'Created', cell: ({ createdAt }) => <Time at={createdAt} /> },
  {
    title: 'Duration',
    numeric: true,
    secondary: true,
    cell: (run) => {
      const duration = durationOf(run)
      return duration === null ? null : formatDuration(duration)
    },
  },
]

/** A project's runs, newest first, by state and name. What is filtered stands in the address. */
export function RunsTab({ id, path }: { id: string; path: string }) {
  const [parameters, set] = useParameters()
  const { text, states, order } = readRunFilter(parameters)
  const wanted = useDebounced(text)
  const filter = { ...(wanted ? { nameContains: wanted } : {}), ...(states.length > 0 ? { state: states } : {}) }
  const pages = usePages(
    PROJECT_RUNS,
    { ref: { id }, first: PAGE, filter, orderBy: ORDERS[order].by },
    (result) => result.project?.runs.pageInfo,
    { keepPrevious: true },
  )
  const runs = pages.data?.pages.flatMap((page) => page.project?.runs.nodes ?? [])
  const count = pages.data?.pages[0]?.project?.runs.totalCount
  return (
    <section className="section" aria-label="Runs">
      <div className="filters">
        <FilterField label="Filter by name" value={text} onChange={(name) => set('q', name)} />
        <select
          className="input"
          aria-label="State"
          value={states[0] ?? ''}
          onChange={(event) => set('state', event.target.value)}
        >
          <option value="">Any state</option>
          {STATES.map((state: RunState) => (
            <option key={state} value={state}>
              {state.toLowerCase()}
            </option>
          ))}
        </select>
        <select
          className="input"
          aria-label="Order"
          value={order}
          onChange={(event) => set('order', event.target.value)}
        >
          {(Object.keys(ORDERS) as RunOrderName[]).map((name) => (
            <option key={name} value={name}>
              {ORDERS[name].label}
            </option>
          ))}
        </select>
        {count !== undefined && <span className="quiet">{formatCount(count, 'run')}</span>}
      </div>
      {!runs && <SectionState error={pages.error} retry={pages.refetch} lines={10} />}
      {runs?.length === 0 && (
        <Empty icon="run" title={wanted || states.length > 0 ? 'No run like that' : 'No run yet'}>
          {!wanted && states.length === 0 && (
            <pre>
              wandb.init(entity="{path.split('/')[0]}", project="{path.split('/')[1]}")
            </pre>
          )}
        </Empty>
      )}
      {runs && runs.length > 0 && <Table label="Runs" rows={runs} rowKey={({ id }) => id} columns={COLUMNS} />}
      <LoadMore {...pages} />
    </section>
  )
}
