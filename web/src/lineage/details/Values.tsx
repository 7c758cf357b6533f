import { useState } from 'react'

const FIRST = 12
const MOST = 500

/** The leaves of a value, each with the way to it: `optimizer.lr`. */
export function leaves(value: unknown, path = ''): [string, string][] {
  const inside = value !== null && typeof value === 'object' ? Object.entries(value) : []
  const plain = Array.isArray(value) && value.every((item) => item === null || typeof item !== 'object')
  if (!inside.length || plain) return path ? [[path, typeof value === 'string' ? value : JSON.stringify(value)]] : []
  return inside.flatMap(([key, item]) => leaves(item, path ? `${path}.${key}` : key)).slice(0, MOST)
}

/** What a run or an artifact keeps as JSON, by key. */
export function Values({ title, value }: { title: string; value: unknown }) {
  const [all, setAll] = useState(false)
  const found = leaves(value)
  if (!found.length) return null
  return (
    <section>
      <h3>{title}</h3>
      <dl className="map-values">
        {(all ? found : found.slice(0, FIRST)).map(([path, text]) => (
          <div key={path}>
            <dt>{path}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {found.length > FIRST && (
        <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${found.length}`}
        </button>
      )}
    </section>
  )
}
