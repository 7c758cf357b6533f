import { useState } from 'react'
import { useQuery } from '../../api/hooks'
import { CopyButton } from '../../ui/CopyButton'
import { JsonTree, matching } from '../../ui/JsonTree'
import { Empty } from '../../ui/Note'
import { SectionState } from '../Loading'
import type { CollectionHead } from './CollectionDialogs'
import { METADATA } from './operations'

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

const MANY = 10

/** An object to look through: as a tree, filtered by a text where there is much, or copied as JSON. */
export function JsonSection({ label, heading, value }: { label: string; heading?: boolean; value: object }) {
  const [text, setText] = useState('')
  const shown = text.trim() ? (matching(value, text.trim()) as object | undefined) : value
  return (
    <section className="section" aria-label={label}>
      <div className="filters">
        {heading && <h2>{label}</h2>}
        {(text || JSON.stringify(value).length > MANY * 40 || Object.keys(value).length > MANY) && (
          <input
            type="search"
            className="input filter-text"
            aria-label={`Filter ${label.toLowerCase()}`}
            placeholder="Filter by key or value…"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
        <span className="filters-end">
          <CopyButton text={JSON.stringify(value, null, 2)} what={`${label.toLowerCase()} as JSON`} label="Copy JSON" />
        </span>
      </div>
      <div className="card">
        {shown ? (
          <JsonTree key={text} value={shown} open={text ? 9 : 3} />
        ) : (
          <p className="quiet">Nothing has this in its key or value.</p>
        )}
      </div>
    </section>
  )
}
