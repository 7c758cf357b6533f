import { useState } from 'react'
import { CreateRegistryDialog } from '../actions/CreateDialogs'
import { usePages } from '../api/hooks'
import { paths } from '../app/paths'
import { useTitle } from '../app/useTitle'
import { formatCount } from '../ui/format'
import { Icon } from '../ui/Icon'
import { LoadMore } from '../ui/LoadMore'
import { Empty } from '../ui/Note'
import { FirstRun } from './home/FirstRun'
import './home/home.css'
import { PROJECTS, REGISTRIES } from './home/operations'
import { PlaceCard, PlaceCardSkeletons } from './home/PlaceCard'
import { SectionState } from './Loading'

const PAGE = 24

/** Where one begins: the registries and the projects. */
export default function HomePage() {
  useTitle()
  const registries = usePages(REGISTRIES, { first: PAGE }, (result) => result.registries.pageInfo)
  const projects = usePages(PROJECTS, { first: PAGE }, (result) => result.projects.pageInfo)
  const [creating, setCreating] = useState(false)
  const registryCount = registries.data?.pages[0]?.registries.totalCount
  const projectCount = projects.data?.pages[0]?.projects.totalCount
  return (
    <div className="page">
      {projectCount === 0 ? <FirstRun /> : <h1 className="visually-hidden">Registries and projects</h1>}
      <section className="section" aria-labelledby="registries">
        <header className="section-header">
          <h2 id="registries">
            Registries {registryCount !== undefined && <span className="tabs-count">{registryCount}</span>}
          </h2>
          <button type="button" className="button button-small" onClick={() => setCreating(true)}>
            <Icon name="plus" /> New registry
          </button>
        </header>
        {registries.isPending && <PlaceCardSkeletons count={2} />}
        {registries.isLoadingError && <SectionState error={registries.error} retry={registries.refetch} />}
        {registryCount === 0 && (
          <Empty icon="registry" title="No registry yet">
            <p>
              A registry holds collections of the versions that others may rely on, with roles and a history of its own.
            </p>
          </Empty>
        )}
        <div className="card-grid">
          {registries.data?.pages
            .flatMap((page) => page.registries.nodes)
            .map((registry) => (
              <PlaceCard
                key={registry.id}
                href={paths.registry(`${registry.organization.name}/${registry.name}`)}
                icon="registry"
                name={registry.name}
                owner={registry.organization.name}
                description={registry.description}
                counts={[formatCount(registry.collections.totalCount, 'collection')]}
                restricted={registry.visibility === 'RESTRICTED'}
                active={registry.actionHistory.nodes[0]?.createdAt ?? registry.createdAt}
              />
            ))}
        </div>
        <LoadMore {...registries} />
      </section>
      {projectCount !== 0 && (
        <section className="section" aria-labelledby="projects">
          <header className="section-header">
            <h2 id="projects">
              Projects {projectCount !== undefined && <span className="tabs-count">{projectCount}</span>}
            </h2>
          </header>
          {projects.isPending && <PlaceCardSkeletons />}
          {projects.isLoadingError && <SectionState error={projects.error} retry={projects.refetch} />}
          <div className="card-grid">
            {projects.data?.pages
              .flatMap((page) => page.projects.nodes)
              .map((project) => (
                <PlaceCard
                  key={project.id}
                  href={paths.project(project.path)}
                  icon="project"
                  name={project.path.slice(project.path.indexOf('/') + 1)}
                  owner={project.path.slice(0, project.path.indexOf('/'))}
                  description={project.description}
                  counts={[
                    formatCount(project.runs.totalCount, 'run'),
                    formatCount(project.collections.totalCount, 'collection'),
                  ]}
                  restricted={project.visibility === 'RESTRICTED'}
                  active={project.runs.nodes[0]?.heartbeatAt ?? project.runs.nodes[0]?.createdAt ?? project.createdAt}
                />
              ))}
          </div>
          <LoadMore {...projects} />
        </section>
      )}
      {creating && <CreateRegistryDialog onClose={() => setCreating(false)} />}
    </div>
  )
}
