import type { SearchKind } from '../api/generated/graphql'

/** The address of everything that has a page. What the server calls `path` stands in it as it is. */

const encoded = (path: string) => path.split('/').map(encodeURIComponent).join('/')

export type VersionTab = 'overview' | 'files' | 'metadata' | 'lineage' | 'compare' | 'recall'
export type RunTab = 'overview' | 'lineage'

export interface CollectionPlace {
  path: string
  kind: 'REGISTRY' | 'SOURCE'
}

export const paths = {
  home: '/',
  history: '/history',
  questions: '/questions',
  question: (name: string) => `/questions/${encoded(name)}`,
  graphiql: '/graphql',
  search: (text: string, kind?: SearchKind | null) =>
    `/search?q=${encodeURIComponent(text)}${kind ? `&kind=${kind}` : ''}`,
  /** `path`: `<organization>/<registry>`. */
  registry: (path: string, tab?: 'members' | 'history') => `/registry/${encoded(path)}${tab ? `/-/${tab}` : ''}`,
  /** `path`: `<entity>/<project>`. */
  project: (path: string, tab?: 'artifacts' | 'members' | 'overview') =>
    `/projects/${encoded(path)}${tab ? `/-/${tab}` : ''}`,
  /** `path`: `<entity>/<project>/<slug>`. */
  run: (path: string, tab?: RunTab) => {
    const [entity, project, run] = path.split('/')
    return `/projects/${encoded(`${entity}/${project}`)}/runs/${encoded(run ?? '')}${tab ? `/${tab}` : ''}`
  },
  /** `version`: the one that stays chosen while the versions or the history are looked at. */
  collection: (place: CollectionPlace, tab?: 'history' | 'versions' | 'as-of', version?: string | null) =>
    `${collectionRoot(place)}${tab && tab !== 'versions' ? `/${tab}` : ''}${version ? `?version=${encodeURIComponent(version)}` : ''}`,
  version: (place: CollectionPlace, version: string, tab: VersionTab = 'overview') =>
    `${collectionRoot(place)}/${encodeURIComponent(version)}/${tab}`,
}

function collectionRoot({ path, kind }: CollectionPlace): string {
  if (kind === 'REGISTRY') return `/registry/${encoded(path)}`
  const [entity, project, ...rest] = path.split('/')
  return `/projects/${encoded(`${entity}/${project}`)}/artifacts/${encoded(rest.join('/'))}`
}

/** Where an artifact is shown: in the collection that it was logged to. `name`: `<entity>/<project>/<collection>:v4`. */
export function artifactPath(name: string, tab?: VersionTab): string {
  const colon = name.lastIndexOf(':')
  return paths.version({ path: name.slice(0, colon), kind: 'SOURCE' }, name.slice(colon + 1), tab)
}
