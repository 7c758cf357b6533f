import { Link } from 'wouter'
import { ProjectDescription } from '../actions/descriptions'
import { useQuery } from '../api/hooks'
import { paths } from '../app/paths'
import { useTitle } from '../app/useTitle'
import { Icon } from '../ui/Icon'
import { Empty } from '../ui/Note'
import { Person } from '../ui/Person'
import { Tabs } from '../ui/Tabs'
import { Time } from '../ui/Time'
import { Collections } from './Collections'
import { Breadcrumbs, isNotFound, Missing } from './Loading'
import NotFoundPage from './NotFoundPage'
import { countMembers, Members } from './members/Members'
import { PROJECT, PROJECT_COLLECTIONS } from './project/operations'
import { RunsTab } from './project/RunsTab'

const TABS = ['runs', 'artifacts', 'members', 'overview']

/** A project: its runs, what they log, who may work in it. */
export default function ProjectPage({ path, tab }: { path: string; tab: string }) {
  return TABS.includes(tab) ? <Project key={path} path={path} tab={tab} /> : <NotFoundPage />
}

function Project({ path, tab }: { path: string; tab: string }) {
  const { data, error, refetch } = useQuery(PROJECT, { ref: { name: path } })
  const project = data?.project
  useTitle(path)
  if (!project || isNotFound(error)) return <Missing error={error} retry={refetch} what="project" />
  const { owner } = project
  const members = [
    ...project.members.map((member) => ({ member, team: null })),
    ...(owner.__typename === 'Team' ? owner.members.map((member) => ({ member, team: owner.name })) : []),
  ]
  return (
    <div className="page">
      <header className="collection-header">
        <Breadcrumbs>
          <Link href={paths.home}>Projects</Link>
          <span>{owner.displayName ?? owner.name}</span>
          <span aria-current="page">{project.name}</span>
        </Breadcrumbs>
        <div className="title-row">
          <div className="title-name">
            <span className="title-icon">
              <Icon name="project" size={20} />
            </span>
            <h1>{project.name}</h1>
          </div>
          {project.visibility === 'RESTRICTED' && (
            <span className="chip" title="Only members see it">
              <Icon name="lock" size={12} /> Restricted
            </span>
          )}
        </div>
        <p className="quiet page-about">
          {project.description && <span>{project.description.split('\n')[0]}</span>}
          <span>
            Made by <Person of={project.createdBy} /> <Time at={project.createdAt} />
          </span>
        </p>
      </header>
      <Tabs
        label="Project"
        tabs={[
          { label: 'Runs', href: paths.project(path), current: tab === 'runs', count: project.runs.totalCount },
          {
            label: 'Artifacts',
            href: paths.project(path, 'artifacts'),
            current: tab === 'artifacts',
            count: project.collections.totalCount,
          },
          {
            label: 'Members',
            href: paths.project(path, 'members'),
            current: tab === 'members',
            count: countMembers(members),
          },
          { label: 'About', href: paths.project(path, 'overview'), current: tab === 'overview' },
        ]}
      />
      {tab === 'runs' && <RunsTab id={project.id} path={path} />}
      {tab === 'artifacts' && <ArtifactsTab id={project.id} />}
      {tab === 'members' && (
        <Members
          place={{ scope: { project: { id: project.id } }, name: project.name }}
          members={members}
          none={`It is ${owner.name}’s.`}
        />
      )}
      {tab === 'overview' && <ProjectDescription id={project.id} text={project.description} />}
    </div>
  )
}

function ArtifactsTab({ id }: { id: string }) {
  return (
    <Collections
      document={PROJECT_COLLECTIONS}
      connection={(result) => result.project?.collections}
      place={{ id, project: { id } }}
      none={
        <Empty title="No artifact yet">
          <p>A run makes a collection with the first version that it logs:</p>
          <pre>run.log_artifact(wandb.Artifact("numbers", type="dataset"))</pre>
        </Empty>
      }
    />
  )
}
