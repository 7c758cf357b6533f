import { useRef } from 'react'

/** The same list or set as long as its items are the same. */
export function useSame<Items extends Iterable<unknown>>(items: Items): Items {
  const kept = useRef(items)
  const [before, after] = [[...kept.current], [...items]]
  if (before.length !== after.length || after.some((item, at) => item !== before[at])) kept.current = items
  return kept.current
}
