import { useEffect, useRef } from 'react'

/** Another page is read from its top. Who goes back gets where they were: the browser sees to that. */
export function useTopOfPage(location: string): void {
  const before = useRef(location)
  const goesBack = useRef(false)
  useEffect(() => {
    const back = () => {
      goesBack.current = true
    }
    addEventListener('popstate', back)
    return () => removeEventListener('popstate', back)
  }, [])
  useEffect(() => {
    if (before.current === location) return
    before.current = location
    if (!goesBack.current) scrollTo(0, 0)
    goesBack.current = false
    // The link that led here may be gone: the keyboard goes on in the content.
    if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true })
  }, [location])
}
