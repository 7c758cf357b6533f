import type { LinkTargetsQuery } from '../api/generated/graphql'
import { shortName } from '../ui/format'

/** A registry collection that a version can be linked to. */
export interface LinkTarget {
  path: string
  protectedAliases: string[]
  /** Made by linking to it. */
  isNew: boolean
}

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.\- ]*$/

/** The collections that are there, then the new ones of this name that the registries would take. */
export function linkTargets(found: LinkTargetsQuery, type: string, text: string): LinkTarget[] {
  const there = found.collections.nodes.map(({ path, registry }) => ({
    path,
    protectedAliases: registry?.protectedAliases ?? [],
    isNew: false,
  }))
  const taken = new Set(there.map(({ path }) => path.toLowerCase()))
  const name = shortName(text).trim()
  if (!NAME.test(name)) return there
  const fresh = found.registries.nodes
    .filter(({ artifactTypes }) => !artifactTypes || artifactTypes.includes(type))
    .map((registry) => ({
      path: `${registry.organization.name}/${registry.name}/${name}`,
      protectedAliases: registry.protectedAliases,
      isNew: true,
    }))
    .filter(({ path }) => !taken.has(path.toLowerCase()) && (!text.includes('/') || path.includes(text)))
  return [...there, ...fresh]
}

/** Names that are separated by commas, each once. */
export function namesIn(text: string): string[] {
  return [...new Set(text.split(',').map((name) => name.trim()))].filter(Boolean)
}
