import { useState, type ReactNode } from 'react'

interface ShownInPartProps<Item> {
  items: Item[]
  limit: number
  children: (item: Item) => ReactNode
}

/** The first items of a list, each as an `li`, and the others when they are asked for. */
export function ShownInPart<Item>({ items, limit, children }: ShownInPartProps<Item>) {
  const [shown, setShown] = useState(limit)
  const left = items.length - shown
  return (
    <>
      {items.slice(0, shown).map(children)}
      {left > 0 && (
        <li>
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => setShown(shown + 10 * limit)}
          >
            Show {Math.min(left, 10 * limit)} more
          </button>
        </li>
      )}
    </>
  )
}
