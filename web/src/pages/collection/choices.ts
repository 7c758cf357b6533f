import type { VersionChoiceFragment, VersionChoicesQuery } from '../../api/generated/graphql'
import { isVersion, versionWanted } from './address'

/** A version to choose; one that is only typed so far has no time. */
export type Choice = Omit<VersionChoiceFragment, 'createdAt'> & { createdAt: string | null }

/**
 * The versions to choose from while a text is typed: first the one that it names exactly, wherever it is, then those
 * among the ones that are loaded whose number begins with it, or with an alias that has it inside.
 * Until the server has `answered` what is typed, a version that it may have stands there as typed: who types v3 and Enter
 * at once does not mean v39.
 */
export function choicesFor(pages: VersionChoicesQuery[], text: string, answered = true): Choice[] {
  const loaded = pages.flatMap((page) => page.collection?.versions.nodes ?? [])
  const wanted = versionWanted(text).toLowerCase()
  if (!wanted) return loaded
  const named = [...pages.flatMap((page) => page.collection?.exact ?? []), ...loaded].filter(
    ({ version, aliases }) => version === wanted || aliases.some(({ name }) => name.toLowerCase() === wanted),
  )
  // A digest is in none of the words here: what the server finds by one stands in `exact` alone.
  const byDigest =
    wanted.includes(':') || wanted.length >= 32 ? pages.flatMap((page) => page.collection?.exact ?? []) : []
  const near = loaded.filter(
    ({ version, aliases }) =>
      version.startsWith(wanted) || aliases.some(({ name }) => name.toLowerCase().includes(wanted)),
  )
  const typed: Choice[] =
    !answered && named.length === 0 && isVersion(wanted)
      ? [{ id: wanted, version: wanted, aliases: [], createdAt: null }]
      : []
  return [...new Map([...typed, ...named, ...byDigest, ...near].map((choice) => [choice.id, choice])).values()]
}
