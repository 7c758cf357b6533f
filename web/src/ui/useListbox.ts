import { useEffect, useId, useState, type KeyboardEvent, type MouseEvent } from 'react'

interface Listbox {
  active: number
  setActive: (index: number) => void
  onKeyDown: (event: KeyboardEvent) => void
  /** For the text field that the list belongs to. */
  field: {
    role: 'combobox'
    'aria-expanded': boolean
    'aria-controls': string
    'aria-activedescendant': string | undefined
  }
  list: { id: string; role: 'listbox' }
  option: (index: number) => {
    id: string
    role: 'option'
    'aria-selected': boolean
    onMouseDown: (event: MouseEvent) => void
    onMouseMove: () => void
    onClick: () => void
  }
}

/**
 * A list that is walked with the arrows while the text field above it keeps the focus. (WAI-ARIA combobox.)
 * Nothing is active at -1: then Enter does what the field does by itself.
 */
export function useListbox(count: number, onPick: (index: number) => void, start = 0): Listbox {
  const [active, setActive] = useState(start)
  const id = useId()
  const at = Math.min(active, count - 1)
  useEffect(() => setActive(start), [count === 0, start])
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, at])
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter ends what an input method composes.
    if (event.nativeEvent.isComposing) return
    const to: Record<string, number> = {
      ArrowDown: at + 1 >= count ? Math.min(start, 0) : at + 1,
      ArrowUp: at - 1 < start ? count - 1 : at - 1,
    }
    if (event.key in to && count > 0) setActive(to[event.key]!)
    else if (event.key === 'Enter' && at >= 0 && at < count) onPick(at)
    else return
    event.preventDefault()
  }
  return {
    active: at,
    setActive,
    onKeyDown,
    field: {
      role: 'combobox',
      'aria-expanded': count > 0,
      'aria-controls': `${id}-list`,
      'aria-activedescendant': at >= 0 ? `${id}-${at}` : undefined,
    },
    list: { id: `${id}-list`, role: 'listbox' },
    option: (index) => ({
      id: `${id}-${index}`,
      role: 'option',
      'aria-selected': index === at,
      // The field keeps the focus.
      onMouseDown: (event) => event.preventDefault(),
      onMouseMove: () => index !== at && setActive(index),
      onClick: () => onPick(index),
    }),
  }
}
