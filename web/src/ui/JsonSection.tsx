import { useState } from 'react'
import { CopyButton } from './CopyButton'
import { FilterField } from './FilterField'
import { JsonTree, matching } from './JsonTree'

/** From so many keys, or letters of JSON, on it is worth a filter. */
const MANY_KEYS = 10
const MANY_LETTERS = 400

interface JsonSectionProps {
  label: string
  /** Whether the label is seen as a heading. */
  heading?: boolean
  value: object
}

/** An object to look through: as a tree, filtered by a text where there is much, or copied as JSON. */
export function JsonSection({ label, heading, value }: JsonSectionProps) {
  const [text, setText] = useState('')
  const shown = text.trim() ? (matching(value, text.trim()) as object | undefined) : value
  const many = Object.keys(value).length > MANY_KEYS || JSON.stringify(value).length > MANY_LETTERS
  return (
    <section className="section" aria-label={label}>
      <div className="filters">
        {heading && <h2>{label}</h2>}
        {(text || many) && (
          <FilterField
            label={`Filter ${label.toLowerCase()}`}
            placeholder="Filter by key or value…"
            value={text}
            onChange={setText}
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
