import type { SearchQuery } from '../../api/generated/graphql'
import { artifactPath, paths } from '../../app/paths'
import { typeIcon, type IconName } from '../../ui/Icon'

/** In this order the kinds stand on the page. */
export const KINDS = ['Registries', 'Registry collections', 'Projects', 'Collections', 'Runs'] as const
export type HitKind = (typeof KINDS)[number]

export interface SearchHit {
  id: string
  kind: HitKind
  href: string
  icon: IconName
  title: string
  /** Where it is. */
  place: string
  /** What it is about. */
  about: string | null
  /** A run's state. */
  state: string | null
  /** A collection's type. */
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
      return [{ ...plain, kind: 'Registries', href: paths.registry(path), icon: 'registry', place: path, about }]
    }
    case 'Project': {
      const path = object.projectPath
      return [
        {
          ...plain,
          kind: 'Projects',
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
          kind: kind === 'REGISTRY' ? 'Registry collections' : 'Collections',
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
          kind: 'Runs',
          href: paths.run(path),
          icon: 'run',
          title: displayName,
          place: path,
          about: jobType ?? null,
          state,
        },
      ]
    }
    default:
      return []
  }
}

export function byKind(hits: SearchHit[]): [HitKind, SearchHit[]][] {
  return KINDS.map((kind): [HitKind, SearchHit[]] => [kind, hits.filter((hit) => hit.kind === kind)]).filter(
    ([, some]) => some.length > 0,
  )
}

const VERSION_NAME = /^([^/:@\s]+\/[^/:@]+\/[^/:@]+):([^/:\s]+)$/

/** Where a whole name of a version leads, such as `team/zoo/split_zoo_dataset:v4`; the search finds no versions. */
export function versionNamed(text: string): string | null {
  return VERSION_NAME.test(text.trim()) ? artifactPath(text.trim()) : null
}
