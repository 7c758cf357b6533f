import { useLayoutEffect, useState, type CSSProperties, type RefObject } from 'react'

const GAP = 4
const MARGIN = 8

interface Box {
  top: number
  bottom: number
  left: number
  right: number
}

interface Size {
  width: number
  height: number
}

/** Where a panel goes: below its button, or above it where only there is room, and never out of the window sideways. */
export function placeBeside(
  button: Box,
  panel: Size,
  room: Size,
  align: 'start' | 'end',
): { top: number; left: number } {
  const wanted = align === 'end' ? button.right - panel.width : button.left
  const left = Math.max(MARGIN, Math.min(wanted, room.width - panel.width - MARGIN))
  const below = button.bottom + GAP
  const above = button.top - GAP - panel.height
  return { left, top: below + panel.height > room.height - MARGIN && above >= MARGIN ? above : below }
}

/** The place of a panel that hangs on a button. It is fixed, so that nothing around the button can cut it off. */
export function useAnchored(
  open: boolean,
  button: RefObject<HTMLElement | null>,
  panel: RefObject<HTMLElement | null>,
  align: 'start' | 'end' = 'start',
): CSSProperties {
  const [place, setPlace] = useState<{ top: number; left: number } | null>(null)
  useLayoutEffect(() => {
    if (!open) return
    const put = () => {
      if (!button.current || !panel.current) return
      const room = { width: document.documentElement.clientWidth, height: innerHeight }
      const size = { width: panel.current.offsetWidth, height: panel.current.offsetHeight }
      setPlace(placeBeside(button.current.getBoundingClientRect(), size, room, align))
    }
    put()
    const sizes = new ResizeObserver(put)
    if (panel.current) sizes.observe(panel.current)
    addEventListener('scroll', put, { capture: true, passive: true })
    addEventListener('resize', put)
    return () => {
      sizes.disconnect()
      removeEventListener('scroll', put, { capture: true })
      removeEventListener('resize', put)
    }
  }, [open, button, panel, align])
  // Not hidden before it has its place: what is hidden can't take the focus.
  return { position: 'fixed', ...(place ?? { top: 0, left: 0, opacity: 0 }) }
}
