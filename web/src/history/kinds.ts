import type { EventKind } from '../api/generated/graphql'
import type { IconName } from '../ui/Icon'
import { inWords } from '../ui/format'

interface KindWords {
  /** What a filter calls it. */
  label: string
  group: KindGroup
  icon: IconName
  tone: Tone
}

export type KindGroup =
  'Aliases' | 'Versions' | 'Tags' | 'Collections' | 'Places' | 'Runs' | 'People and keys' | 'Webhooks'
export type Tone = 'alias' | 'added' | 'removed' | 'edited'

/** Every kind of event that this build knows, in the order of the filter. The type makes a new kind of the schema show here. */
export const KINDS: Record<EventKind, KindWords> = {
  ALIAS_ADDED: { label: 'Alias set or moved', group: 'Aliases', icon: 'alias', tone: 'alias' },
  ALIAS_REMOVED: { label: 'Alias taken off', group: 'Aliases', icon: 'alias', tone: 'removed' },
  VERSION_ADDED: { label: 'Version added', group: 'Versions', icon: 'plus', tone: 'added' },
  VERSION_REMOVED: { label: 'Version removed', group: 'Versions', icon: 'minus', tone: 'removed' },
  ARTIFACT_UPDATED: { label: 'Version edited', group: 'Versions', icon: 'edit', tone: 'edited' },
  ARTIFACT_DELETED: { label: 'Version deleted', group: 'Versions', icon: 'trash', tone: 'removed' },
  TAG_ADDED: { label: 'Tag added', group: 'Tags', icon: 'tag', tone: 'added' },
  TAG_REMOVED: { label: 'Tag removed', group: 'Tags', icon: 'tag', tone: 'removed' },
  COLLECTION_CREATED: { label: 'Collection created', group: 'Collections', icon: 'collection', tone: 'added' },
  COLLECTION_UPDATED: { label: 'Collection edited', group: 'Collections', icon: 'edit', tone: 'edited' },
  COLLECTION_DELETED: { label: 'Collection deleted', group: 'Collections', icon: 'trash', tone: 'removed' },
  REGISTRY_CREATED: { label: 'Registry created', group: 'Places', icon: 'registry', tone: 'added' },
  REGISTRY_UPDATED: { label: 'Registry edited', group: 'Places', icon: 'edit', tone: 'edited' },
  REGISTRY_DELETED: { label: 'Registry deleted', group: 'Places', icon: 'trash', tone: 'removed' },
  PROJECT_CREATED: { label: 'Project created', group: 'Places', icon: 'project', tone: 'added' },
  PROJECT_UPDATED: { label: 'Project edited', group: 'Places', icon: 'edit', tone: 'edited' },
  PROJECT_DELETED: { label: 'Project deleted', group: 'Places', icon: 'trash', tone: 'removed' },
  ORGANIZATION_CREATED: { label: 'Organization created', group: 'Places', icon: 'team', tone: 'added' },
  RUN_DELETED: { label: 'Run deleted', group: 'Runs', icon: 'trash', tone: 'removed' },
  MEMBER_SET: { label: 'Role given', group: 'People and keys', icon: 'team', tone: 'added' },
  MEMBER_REMOVED: { label: 'Role taken away', group: 'People and keys', icon: 'team', tone: 'removed' },
  USER_CREATED: { label: 'User created', group: 'People and keys', icon: 'user', tone: 'added' },
  USER_DELETED: { label: 'User deleted', group: 'People and keys', icon: 'user', tone: 'removed' },
  TEAM_CREATED: { label: 'Team created', group: 'People and keys', icon: 'team', tone: 'added' },
  TEAM_DELETED: { label: 'Team deleted', group: 'People and keys', icon: 'team', tone: 'removed' },
  API_KEY_CREATED: { label: 'API key created', group: 'People and keys', icon: 'key', tone: 'added' },
  API_KEY_REVOKED: { label: 'API key revoked', group: 'People and keys', icon: 'key', tone: 'removed' },
  WEBHOOK_CREATED: { label: 'Webhook created', group: 'Webhooks', icon: 'plus', tone: 'added' },
  WEBHOOK_UPDATED: { label: 'Webhook edited', group: 'Webhooks', icon: 'edit', tone: 'edited' },
  WEBHOOK_DELETED: { label: 'Webhook deleted', group: 'Webhooks', icon: 'trash', tone: 'removed' },
  WEBHOOK_REPLAYED: { label: 'Webhook replayed', group: 'Webhooks', icon: 'history', tone: 'edited' },
}

export function isKnownKind(kind: string): kind is EventKind {
  return Object.hasOwn(KINDS, kind)
}

/** The words of a kind; the server's enum only grows, so that one may come that was not known when this was built. */
export function wordsOf(kind: string): KindWords {
  return isKnownKind(kind) ? KINDS[kind] : { label: inWords(kind), group: 'Places', icon: 'history', tone: 'edited' }
}

const OF_COLLECTION: readonly KindGroup[] = ['Aliases', 'Versions', 'Tags', 'Collections']

/** The kinds that can happen in a place, by their groups. */
export function kindGroups(place: 'collection' | 'registry' | 'server'): [KindGroup, EventKind[]][] {
  const groups = new Map<KindGroup, EventKind[]>()
  for (const [kind, { group }] of Object.entries(KINDS) as [EventKind, KindWords][]) {
    if (place === 'collection' && !OF_COLLECTION.includes(group)) continue
    if (place === 'registry' && group === 'Runs') continue
    groups.set(group, [...(groups.get(group) ?? []), kind])
  }
  return [...groups]
}
