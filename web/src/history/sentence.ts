import type { CollectionPlace } from '../app/paths'
import type { HistoryEvent } from './operations'
import type { Place } from './filters'
import { inWords, shortName } from '../ui/format'
import { isKnownKind, wordsOf } from './kinds'

/** A piece of a sentence: words, or a thing that has a look and an address. */
export type Part =
  | string
  | { is: 'version'; version: string; collection: CollectionPlace | null }
  | { is: 'alias'; alias: string; collection: CollectionPlace | null }
  | { is: 'tag'; tag: string }
  | { is: 'artifact'; name: string }
  | { is: 'collection'; collection: CollectionPlace; gone: boolean }
  | { is: 'run'; path: string; name: string; gone: boolean }
  | { is: 'registry'; path: string; name: string; gone: boolean }
  | { is: 'project'; path: string; gone: boolean }
  | { is: 'entity'; name: string; shown: string }

export type AliasPart = Extract<Part, { is: 'alias' }>

type Words = (event: HistoryEvent, parts: Parts) => (Part | null)[]

/** The things that an event names, ready to stand in a sentence; what it does not name has words that stand for it. */
interface Parts {
  version: Part
  previous: Part
  alias: Part
  tag: Part
  collection: Part
  artifact: Part
  run: Part
  registry: Part
  project: Part
  subject: Part
  /** What a tag or an edit is of: a version, or the collection itself. */
  labelled: Part
  /** Where somebody has a role. */
  scope: Part
  detail: Record<string, unknown>
}

const SENTENCES: Record<HistoryEvent['kind'], Words> = {
  ALIAS_ADDED: (event, { alias, version, previous }) =>
    event.previousVersion ? ['moved', alias, 'from', previous, 'to', version] : ['set', alias, 'on', version],
  ALIAS_REMOVED: (_, { alias, version }) => ['took', alias, 'off', version],
  VERSION_ADDED: (event, { version, artifact, run }) =>
    event.collection?.kind === 'REGISTRY'
      ? ['linked', artifact, 'as', version]
      : ['logged', version, ...(event.run ? ['with run', run] : [])],
  VERSION_REMOVED: (event, { version, artifact }) =>
    event.collection?.kind === 'REGISTRY'
      ? ['unlinked', version, ...(event.artifact ? [', which is', artifact] : [])]
      : ['removed', version],
  TAG_ADDED: (_, { tag, labelled }) => ['added the tag', tag, 'to', labelled],
  TAG_REMOVED: (_, { tag, labelled }) => ['took the tag', tag, 'off', labelled],
  ARTIFACT_UPDATED: (_, { labelled, detail }) => ['edited', editedFields(detail), 'of', labelled],
  ARTIFACT_DELETED: (event, { version, artifact }) => ['deleted', event.version ? version : artifact],
  COLLECTION_CREATED: (_, { collection }) => ['created', ...the('collection', collection)],
  COLLECTION_UPDATED: (_, { collection, detail }) =>
    typeof detail.name === 'string'
      ? [`renamed the collection to “${detail.name}”`]
      : ['edited', editedFields(detail), 'of', collection],
  COLLECTION_DELETED: (_, { collection }) => ['deleted', ...the('collection', collection)],
  REGISTRY_CREATED: (_, { registry }) => ['created', ...the('registry', registry)],
  REGISTRY_UPDATED: (_, { registry, detail }) => ['edited', editedFields(detail), 'of', ...the('registry', registry)],
  REGISTRY_DELETED: (_, { registry }) => ['deleted', ...the('registry', registry)],
  PROJECT_CREATED: (_, { project }) => ['created', ...the('project', project)],
  PROJECT_UPDATED: (_, { project, detail }) => ['edited', editedFields(detail), 'of', ...the('project', project)],
  PROJECT_DELETED: (_, { project }) => ['deleted', ...the('project', project)],
  RUN_DELETED: (_, { run }) => ['deleted', ...the('run', run)],
  ORGANIZATION_CREATED: (_, { detail }) => [
    'created the organization',
    typeof detail.name === 'string' ? `“${detail.name}”` : null,
  ],
  USER_CREATED: (_, { subject }) => ['created', ...the('user', subject)],
  USER_DELETED: (_, { subject }) => ['deleted', ...the('user', subject)],
  TEAM_CREATED: (_, { subject }) => ['created', ...the('team', subject)],
  TEAM_DELETED: (_, { subject }) => ['deleted', ...the('team', subject)],
  MEMBER_SET: (event, { subject, scope }) => [
    'made',
    subject,
    event.role ? `${article(inWords(event.role))} ${inWords(event.role).toLowerCase()}` : 'a member',
    'of',
    scope,
  ],
  MEMBER_REMOVED: (_, { subject, scope }) => ['removed', subject, 'from', scope],
  API_KEY_CREATED: (_, { subject, detail }) => [
    'created an API key',
    typeof detail.label === 'string' && detail.label ? `“${detail.label}”` : null,
    'for',
    subject,
  ],
  API_KEY_REVOKED: (_, { subject }) => ['revoked an API key of', subject],
  WEBHOOK_CREATED: (_, { detail }) => [
    'created a webhook',
    ...(typeof detail.host === 'string' ? [`to ${detail.host}`] : []),
  ],
  WEBHOOK_UPDATED: (_, { detail }) =>
    typeof detail.enabled === 'boolean'
      ? [detail.enabled ? 'turned a webhook on' : 'turned a webhook off']
      : ['edited a webhook'],
  WEBHOOK_DELETED: () => ['deleted a webhook'],
  WEBHOOK_REPLAYED: () => ['replayed a webhook'],
}

/** What somebody did, to follow their name; with where, unless that is the place whose history it is. */
export function sentence(event: HistoryEvent, place: Place['kind'] = 'server'): Part[] {
  const parts = partsOf(event)
  const words = isKnownKind(event.kind) ? SENTENCES[event.kind](event, parts) : unknown(event, parts)
  const said = words.filter((part): part is Part => part !== null && part !== '')
  const names = said.some((part) => typeof part !== 'string' && part.is === 'collection')
  return place === 'collection' || names || !event.collection ? said : [...said, 'in', parts.collection]
}

/** A sentence as plain text: for what is exported and for the names of controls. */
export function plain(parts: readonly Part[]): string {
  return parts.map(textOf).join(' ').replaceAll(' ,', ',')
}

/** The words that a part is shown as. */
export function textOf(part: Part): string {
  if (typeof part === 'string') return part
  switch (part.is) {
    case 'version':
      return part.version
    case 'alias':
      return part.alias
    case 'tag':
      return part.tag
    case 'collection':
      return shortPath(part.collection)
    case 'artifact':
      return shortName(part.name)
    case 'run':
    case 'registry':
      return part.name
    case 'project':
      return part.path
    case 'entity':
      return part.shown
  }
}

/** A registry's collection without its organization, which most servers have one of. */
function shortPath({ path, kind }: CollectionPlace): string {
  return kind === 'REGISTRY' ? path.slice(path.indexOf('/') + 1) : path
}

/** A kind that came after this build: its own name, and what it names. */
function unknown(event: HistoryEvent, { alias, tag, version, subject }: Parts): (Part | null)[] {
  return [
    'did',
    `“${wordsOf(event.kind).label}”`,
    ...(event.alias ? ['with', alias] : []),
    ...(event.tag ? ['with the tag', tag] : []),
    ...(event.version ? ['on', version] : []),
    ...(event.subject ? ['to', subject] : []),
  ]
}

function partsOf(event: HistoryEvent): Parts {
  const { collection, artifact, run, registry, project, subject } = event
  const where = collection ? { path: collection.path, kind: collection.kind } : null
  const home = collection?.deletedAt ? null : where
  const version = (name: string | null | undefined, held: HistoryEvent['artifact'], otherwise: string): Part =>
    name ? { is: 'version', version: name, collection: home } : held ? { is: 'artifact', name: held.name } : otherwise
  const parts = {
    version: version(event.version, artifact, 'a version'),
    previous: version(event.previousVersion, event.previous, 'another version'),
    alias: event.alias ? { is: 'alias', alias: event.alias, collection: home } : 'an alias',
    tag: event.tag ? { is: 'tag', tag: event.tag } : 'a tag',
    collection: where ? { is: 'collection', collection: where, gone: home === null } : 'a collection',
    artifact: artifact ? { is: 'artifact', name: artifact.name } : 'an artifact',
    run: run ? { is: 'run', path: run.path, name: run.displayName, gone: run.deletedAt != null } : 'a run',
    registry: registry
      ? {
          is: 'registry',
          path: `${registry.organization.name}/${registry.name}`,
          name: registry.name,
          gone: registry.deletedAt != null,
        }
      : 'a registry',
    project: project ? { is: 'project', path: project.path, gone: project.deletedAt != null } : 'a project',
    subject: subject ? { is: 'entity', name: subject.name, shown: subject.displayName || subject.name } : 'somebody',
  } satisfies Omit<Parts, 'labelled' | 'scope' | 'detail'>
  const detail =
    typeof event.detail === 'object' && event.detail !== null ? (event.detail as Record<string, unknown>) : {}
  return {
    ...parts,
    labelled: event.version || artifact ? parts.version : parts.collection,
    scope: registry ? parts.registry : project ? parts.project : 'team_id' in detail ? 'a team' : 'the organization',
    detail,
  }
}

const FIELD_WORDS: Record<string, string> = {
  description: 'the description',
  metadata: 'the metadata',
  ttl_seconds: 'the time to live',
  type: 'the type',
  visibility: 'the visibility',
  artifact_types: 'the artifact types',
  protected_aliases: 'the protected aliases',
}

/** What was edited, from what the log says was set: "the description and the metadata". */
function editedFields(detail: Record<string, unknown>): string {
  const fields = Object.keys(detail).map((field) => FIELD_WORDS[field] ?? `the ${field.replaceAll('_', ' ')}`)
  if (fields.length < 2) return fields[0] ?? 'something'
  return `${fields.slice(0, -1).join(', ')} and ${fields.at(-1)}`
}

/** "the run amber-hill-4"; or "a run", where the log does not say which. */
const the = (what: string, part: Part): Part[] => (typeof part === 'string' ? [part] : [`the ${what}`, part])

const article = (word: string) => (/^[aeiou]/i.test(word) ? 'an' : 'a')
