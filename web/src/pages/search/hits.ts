import type { SearchQuery } from '../../api/generated/graphql'
import { artifactPath, paths } from '../../app/paths'
import { typeIcon, type IconName } from '../../ui/Icon'

/** In this order they stand on the page. */
const GROUPS = ['Registries', 'Registry collections', 'Projects', 'Collections', 'Runs', 'Versions'] as const
export type HitGroup = (typeof GROUPS)[number]

export interface SearchHit {
  id: string
  group: HitGroup
  href: string
  icon: IconName
  title: string
  /** Where it is. */
  place: string
  /** What it is about. */
  about: string | null
  /** A run's state. */
  state: string | null
  /** A collection's or a version's type. */
  type: string | null
}

type Found = SearchQuery['search']['nodes'][number]

/** What was found, as what is shown of it; anything that has no page is left out. */
export function hitsOf(pages: SearchQuery[]): SearchHit[] {
  return pages.flatMap((page) => page.search.nodes.flatMap(hitOf))
}

function hitOf({ name, object }: Found): SearchHit[] {
  const plain = { id: object.id, title: name, about: null, state: null, type: null }
  switch (object.__typename) {
    case 'Registry': {
      const path = `${object.organization.name}/${name}`
      const about = object.text ?? null
      return [{ ...plain, group: 'Registries', href: paths.registry(path), icon: 'registry', place: path, about }]
    }
    case 'Project': {
      const path = object.projectPath
      return [
        {
          ...plain,
          group: 'Projects',
          href: paths.project(path),
          icon: 'project',
          place: path,
          about: object.text ?? null,
        },
      ]
    }
    case 'Collection': {
      const { kind, type, collectionPath: path } = object
      return [
        {
          ...plain,
          group: kind === 'REGISTRY' ? 'Registry collections' : 'Collections',
          href: paths.collection({ path, kind }),
          icon: typeIcon(type),
          place: path,
          about: object.text ?? null,
          type,
        },
      ]
    }
    case 'Run': {
      const { runPath: path, displayName, state, jobType } = object
      return [
        {
          ...plain,
          group: 'Runs',
          href: paths.run(path),
          icon: 'run',
          title: displayName,
          place: path,
          about: jobType ?? null,
          state,
        },
      ]
    }
    case 'Artifact': {
      const { fullName: place, type, text } = object
      return [
        {
          ...plain,
          group: 'Versions',
          href: artifactPath(place),
          icon: typeIcon(type),
          place,
          about: text ?? null,
          type,
        },
      ]
    }
    default:
      return []
  }
}

/** The hits in their groups, without the groups that have none. */
export function byGroup(hits: SearchHit[]): [HitGroup, SearchHit[]][] {
  const some = new Set(hits.map(({ group }) => group))
  return GROUPS.filter((group) => some.has(group)).map((group) => [group, hits.filter((hit) => hit.group === group)])
}

const VERSION_NAME = /^([^/:@\s]+\/[^/:@]+\/[^/:@]+):([^/:\s]+)$/

/** Where a whole name of a version leads, such as `team/zoo/split_zoo_dataset:v4`. */
export function versionNamed(text: string): string | null {
  return VERSION_NAME.test(text.trim()) ? artifactPath(text.trim()) : null
}
