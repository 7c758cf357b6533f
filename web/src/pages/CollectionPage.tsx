import { useState } from 'react'
import { Redirect, useSearch, useSearchParams } from 'wouter'
import { useQuery } from '../api/hooks'
import { paths, type CollectionPlace, type VersionTab } from '../app/paths'
import { useTitle } from '../app/useTitle'
import { ActionHistory } from '../history/ActionHistory'
import { LineageView } from '../lineage/LineageView'
import { shortName } from '../ui/format'
import { Skeleton } from '../ui/Skeleton'
import { Tabs } from '../ui/Tabs'
import { isVersionTab, readAddress, type CollectionAddress, type CollectionTab } from './collection/address'
import { AsOfTab } from './collection/AsOfTab'
import './collection/collection.css'
import { CollectionDialogs, type Asked, type CollectionHead } from './collection/CollectionDialogs'
import { CollectionHeader } from './collection/CollectionHeader'
import { CompareTab } from './collection/CompareTab'
import { FilesTab } from './collection/FilesTab'
import { GoneVersion } from './collection/GoneVersion'
import { MetadataTab } from './collection/MetadataTab'
import { COLLECTION } from './collection/operations'
import { OverviewTab } from './collection/OverviewTab'
import { RecallTab } from './collection/RecallTab'
import { VersionsTab } from './collection/VersionsTab'
import { isNotFound, Missing } from './Loading'
import NotFoundPage from './NotFoundPage'

interface CollectionPageProps {
  place: CollectionPlace
  version: string | undefined
  tab: string | undefined
}

/** A collection of a registry or of a project, and one of its versions. */
export default function CollectionPage({ place, version, tab }: CollectionPageProps) {
  const [parameters] = useSearchParams()
  const address = readAddress(version, tab, parameters.get('version'))
  if (!address) return <NotFoundPage />
  // Another collection begins anew: nothing of the former one is shown while it loads.
  return <AddressedPage key={`${place.kind} ${place.path}`} place={place} address={address} />
}

const TITLES: Record<CollectionTab, string | null> = {
  versions: null,
  overview: null,
  files: 'Files',
  metadata: 'Metadata',
  lineage: 'Lineage',
  compare: 'Compare',
  recall: 'Recall',
  'as-of': 'As of',
  history: 'Action history',
}

function AddressedPage({ place, address }: { place: CollectionPlace; address: CollectionAddress }) {
  const { tab, version } = address
  const search = useSearch()
  const [asked, setAsked] = useState<Asked | null>(null)
  const { data, error, refetch, isPlaceholderData } = useQuery(
    COLLECTION,
    { ref: { name: place.path }, version: version ?? 'latest' },
    { keepPrevious: true },
  )
  const collection = data?.collection
  const name = shortName(place.path)
  useTitle(TITLES[tab], version ? `${name}:${version}` : name)
  if (!collection || isNotFound(error)) return <Missing error={error} retry={refetch} what="collection" />
  // It was renamed, or it is in a registry of that name: it has one address.
  if (collection.path !== place.path || collection.kind !== place.kind) {
    const to = isVersionTab(tab) ? paths.version(collection, version!, tab) : paths.collection(collection, tab)
    return <Redirect to={search ? `${to}?${search}` : to} replace />
  }
  const missing = version && !collection.shown && !isPlaceholderData ? version : null
  return (
    <div className={tab === 'lineage' ? 'page page-fill' : 'page'}>
      <CollectionHeader collection={collection} tab={tab} missing={missing} ask={setAsked} />
      <CollectionTabs collection={collection} address={address} />
      <TabContent collection={collection} address={address} ask={setAsked} waiting={isPlaceholderData} />
      <CollectionDialogs collection={collection} asked={asked} onClose={() => setAsked(null)} />
    </div>
  )
}

function CollectionTabs({
  collection,
  address: { tab, version },
}: {
  collection: CollectionHead
  address: CollectionAddress
}) {
  const shown = version ?? collection.shown?.version
  const ofVersion = (to: VersionTab, label: string, count?: number) =>
    shown
      ? [
          {
            label,
            href: paths.version(collection, shown, to),
            current: tab === to,
            ...(count === undefined ? {} : { count }),
          },
        ]
      : []
  return (
    <Tabs
      label="Collection"
      tabs={[
        {
          label: 'Versions',
          href: paths.collection(collection, 'versions', version),
          current: tab === 'versions',
          count: collection.versions.totalCount,
        },
        ...ofVersion('overview', 'Overview'),
        ...ofVersion('files', 'Files', collection.shown?.artifact.fileCount),
        ...ofVersion('metadata', 'Metadata'),
        ...ofVersion('lineage', 'Lineage'),
        ...ofVersion('compare', 'Compare'),
        ...ofVersion('recall', 'Recall'),
        { label: 'Action history', href: paths.collection(collection, 'history', version), current: tab === 'history' },
        { label: 'As of', href: paths.collection(collection, 'as-of', version), current: tab === 'as-of' },
      ]}
    />
  )
}

interface TabContentProps {
  collection: CollectionHead
  address: CollectionAddress
  ask: (asked: Asked) => void
  /** The version that was chosen is on its way: the former one is still shown. */
  waiting: boolean
}

function TabContent({ collection, address: { tab, version }, ask, waiting }: TabContentProps) {
  if (tab === 'versions') return <VersionsTab collection={collection} ask={ask} />
  if (tab === 'history') return <ActionHistory place={{ kind: 'collection', id: collection.id }} />
  if (tab === 'as-of') return <AsOfTab collection={collection} />
  const { shown } = collection
  if (!shown && waiting) return <Skeleton lines={8} />
  if (!shown) return <GoneVersion collection={collection} version={version ?? 'latest'} tab={tab} />
  const props = { collection, version: shown.version }
  if (tab === 'files') return <FilesTab {...props} />
  if (tab === 'metadata') return <MetadataTab {...props} />
  if (tab === 'overview') return <OverviewTab key={shown.id} {...props} ask={ask} />
  if (tab === 'compare') return <CompareTab key={shown.id} {...props} artifact={shown.artifact} />
  if (tab === 'recall') return <RecallTab key={shown.id} artifact={shown.artifact} />
  return (
    <div className="fill">
      <LineageView key={shown.artifact.id} start={{ kind: 'artifact', id: shown.artifact.id }} />
    </div>
  )
}
