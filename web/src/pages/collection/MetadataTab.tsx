import { useQuery } from '../../api/hooks'
import { JsonSection } from '../../ui/JsonSection'
import { Empty } from '../../ui/Note'
import { SectionState } from '../Loading'
import type { CollectionHead } from './CollectionDialogs'
import { METADATA } from './versionOperations'

interface MetadataTabProps {
  collection: CollectionHead
  version: string
}

/** What the author of a version keeps with it. */
export function MetadataTab({ collection, version }: MetadataTabProps) {
  const { data, error, refetch } = useQuery(METADATA, { ref: { id: collection.id }, version })
  const metadata = data?.collection?.version?.artifact.metadata as object | undefined
  if (!metadata) return <SectionState error={error} retry={refetch} />
  if (Object.keys(metadata).length === 0)
    return (
      <Empty icon="list" title="No metadata">
        <p>Give some when the version is logged:</p>
        <pre>
          wandb.Artifact("{collection.name}", type="{collection.type}", metadata={'{"accuracy": 0.9}'})
        </pre>
      </Empty>
    )
  return <JsonSection label="Metadata" value={metadata} />
}
