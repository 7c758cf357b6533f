import type { VersionTab } from '../../app/paths'

export type CollectionTab = 'versions' | 'history' | 'as-of' | VersionTab

const VERSION_TABS: readonly string[] = [
  'overview',
  'files',
  'metadata',
  'lineage',
  'compare',
  'recall',
] satisfies VersionTab[]
const VERSION = /^v(0|[1-9]\d*)$/

export interface CollectionAddress {
  tab: CollectionTab
  /** The version or alias that was chosen; null: none was. */
  version: string | null
}

/**
 * What an address of a collection shows. `version` and `tab` are the parts of the path behind the collection, `kept` is
 * the version that stays chosen beside the tabs of the whole collection. Null: there is no such page.
 */
export function readAddress(
  version: string | undefined,
  tab: string | undefined,
  kept: string | null,
): CollectionAddress | null {
  if (version === undefined) return { tab: 'versions', version: kept }
  if ((version === 'history' || version === 'as-of') && tab === undefined) return { tab: version, version: kept }
  if (tab === undefined) return { tab: 'overview', version }
  return VERSION_TABS.includes(tab) ? { tab: tab as VersionTab, version } : null
}

export function isVersionTab(tab: CollectionTab): tab is VersionTab {
  return VERSION_TABS.includes(tab)
}

export function isVersion(ref: string): boolean {
  return VERSION.test(ref)
}

/** What somebody who types a text in the version list looks for: `100` is v100, anything else is what it is. */
export function versionWanted(text: string): string {
  const typed = text.trim()
  return /^\d+$/.test(typed) ? `v${Number(typed)}` : typed
}
