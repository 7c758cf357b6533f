import type { VersionChoiceFragment, VersionChoicesQuery } from '../../api/generated/graphql'
import { versionWanted } from './address'

/**
 * The versions to choose from while a text is typed: first the one that it names exactly, wherever it is, then those
 * among the ones that are loaded whose number begins with it, or with an alias that has it inside.
 */
export function choicesFor(pages: VersionChoicesQuery[], text: string): VersionChoiceFragment[] {
  const loaded = pages.flatMap((page) => page.collection?.versions.nodes ?? [])
  const wanted = versionWanted(text).toLowerCase()
  if (!wanted) return loaded
  const named = [...pages.flatMap((page) => page.collection?.exact ?? []), ...loaded].filter(
    ({ version, aliases }) => version === wanted || aliases.some(({ name }) => name.toLowerCase() === wanted),
  )
  // A digest is in none of the words here: what the server finds by one stands in `exact` alone.
  const byDigest = wanted.includes(':') || wanted.length >= 32 ? pages.flatMap((page) => page.collection?.exact ?? []) : []
  const near = loaded.filter(
    ({ version, aliases }) => version.startsWith(wanted) || aliases.some(({ name }) => name.toLowerCase().includes(wanted)),
  )
  return [...new Map([...named, ...byDigest, ...near].map((choice) => [choice.id, choice])).values()]
}
