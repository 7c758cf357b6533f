import { useState } from 'react'
import { Icon } from './Icon'
import { ShownInPart } from './ShownInPart'

const OPEN_DEPTH = 2
const AT_ONCE = 100
const LONG_TEXT = 400

type Json = unknown

const isNested = (value: Json): value is object => typeof value === 'object' && value !== null

/** The keys of an object, or the places of a list, with what is there. */
export function entriesOf(value: object): [string, Json][] {
  return Array.isArray(value) ? value.map((item, index) => [String(index), item]) : Object.entries(value)
}

/** What remains of a value when only the branches are kept that have the text in a key or in a value. */
export function matching(value: Json, text: string): Json | undefined {
  const wanted = text.toLowerCase()
  const has = (part: string) => part.toLowerCase().includes(wanted)
  const walk = (each: Json): Json | undefined => {
    if (!isNested(each)) return has(String(each)) ? each : undefined
    const kept = entriesOf(each).flatMap(([key, item]): [string, Json][] => {
      const found = has(key) ? item : walk(item)
      return found === undefined ? [] : [[key, found]]
    })
    return kept.length ? Object.fromEntries(kept) : undefined
  }
  return walk(value)
}

/** A JSON object as lines of keys and values; what is inside others can be closed. */
export function JsonTree({ value, open = OPEN_DEPTH }: { value: object; open?: number }) {
  return (
    <div className="json">
      <Entries value={value} open={open} />
    </div>
  )
}

function Entries({ value, open }: { value: object; open: number }) {
  return (
    <ul>
      <ShownInPart items={entriesOf(value)} limit={AT_ONCE}>
        {([key, item]) => (
          <li key={key}>
            {isNested(item) ? <Branch name={key} value={item} open={open - 1} /> : <Leaf name={key} value={item} />}
          </li>
        )}
      </ShownInPart>
    </ul>
  )
}

function Branch({ name, value, open }: { name: string; value: object; open: number }) {
  const [shown, setShown] = useState(open > 0)
  const count = Array.isArray(value) ? value.length : Object.keys(value).length
  if (count === 0) return <Leaf name={name} value={Array.isArray(value) ? '[ ]' : '{ }'} bare />
  return (
    <>
      <button type="button" className="json-branch" aria-expanded={shown} onClick={() => setShown(!shown)}>
        <Icon name={shown ? 'chevron-down' : 'chevron-right'} size={14} />
        <span className="json-key">{name}</span>
        <span className="json-count">
          {Array.isArray(value) ? `${count} in a list` : `${count} ${count === 1 ? 'key' : 'keys'}`}
        </span>
      </button>
      {shown && <Entries value={value} open={open} />}
    </>
  )
}

function Leaf({ name, value, bare = false }: { name: string; value: Json; bare?: boolean }) {
  const [whole, setWhole] = useState(false)
  const kind = bare ? 'nothing' : value === null ? 'nothing' : typeof value
  const text = String(value)
  const shown = whole || text.length <= LONG_TEXT ? text : `${text.slice(0, LONG_TEXT)}…`
  return (
    <div className="json-leaf">
      <span className="json-key">{name}</span>
      <span className={`json-value json-${kind}`}>
        {shown}
        {shown !== text && (
          <button type="button" className="link" onClick={() => setWhole(true)}>
            Show all
          </button>
        )}
      </span>
    </div>
  )
}
