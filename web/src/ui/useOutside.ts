import { useEffect, type RefObject } from 'react'

/** Calls back when something outside of an element is pressed, as long as the element is `open`. */
export function useOutside(open: boolean, element: RefObject<HTMLElement | null>, onPress: () => void): void {
  useEffect(() => {
    if (!open) return
    const press = (event: PointerEvent) => {
      if (!element.current?.contains(event.target as Node)) onPress()
    }
    document.addEventListener('pointerdown', press)
    return () => document.removeEventListener('pointerdown', press)
  })
}
