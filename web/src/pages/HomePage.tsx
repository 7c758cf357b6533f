import { Link } from 'wouter'
import { graphql } from '../api/generated'
import { useQuery } from '../api/hooks'
import { paths } from '../app/paths'
import { useTitle } from '../app/useTitle'
import { Icon } from '../ui/Icon'
import { Empty, ErrorNote } from '../ui/Note'
import { Skeleton } from '../ui/Skeleton'

const HOME = graphql(`
  query Home {
    registries(first: 100) {
      nodes {
        id
        name
        description
        organization {
          name
        }
        collections(first: 1) {
          totalCount
        }
      }
    }
    projects(first: 100) {
      nodes {
        id
        path
        description
        runs(first: 1) {
          totalCount
        }
        collections(first: 1) {
          totalCount
        }
      }
    }
  }
`)

/** Where one begins: the registries and the projects. */
export default function HomePage() {
  useTitle()
  const { data, error, refetch } = useQuery(HOME, {})
  if (error) return <div className="page"><ErrorNote error={error} retry={refetch} /></div>
  if (!data) return <div className="page"><Skeleton lines={8} /></div>
  return (
    <div className="page">
      <section className="section">
        <h1>Registry</h1>
        {data.registries.nodes.length === 0 && <Empty icon="registry" title="No registry yet" />}
        <div className="card-grid">
          {data.registries.nodes.map((registry) => (
            <Link key={registry.id} className="card" href={paths.registry(`${registry.organization.name}/${registry.name}`)}>
              <h2>
                <Icon name="registry" /> {registry.name}
              </h2>
              <p className="quiet">{registry.description}</p>
            </Link>
          ))}
        </div>
      </section>
      <section className="section">
        <h1>Projects</h1>
        <div className="card-grid">
          {data.projects.nodes.map((project) => (
            <Link key={project.id} className="card" href={paths.project(project.path)}>
              <h2>
                <Icon name="project" /> {project.path}
              </h2>
              <p className="quiet">{project.description}</p>
            </Link>
          ))}
        </div>
      </section>
    </div>
  )
}
