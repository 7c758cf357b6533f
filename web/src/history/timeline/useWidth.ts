import { useLayoutEffect, useRef, useState } from 'react'

/** How wide an element is, in pixels, as it changes. */
export function useWidth<Tag extends Element>() {
  const element = useRef<Tag>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [])
  return { element, width }
}
