import { useEffect, useSyncExternalStore } from 'react'
import { Link } from 'wouter'
import { Icon } from './Icon'

const SHOWN = 5_000

interface Said {
  text: string
  id: number
  /** Where it can be seen. */
  href: string | undefined
}

let current: Said | null = null
const listeners = new Set<() => void>()

function show(next: Said | null) {
  current = next
  listeners.forEach((listener) => listener())
}

/** Says for some seconds what has been done. */
export function say(text: string, href?: string): void {
  show({ text, href, id: (current?.id ?? 0) + 1 })
}

/** Where `say` is heard. */
export function Toasts() {
  const said = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => show(null), SHOWN)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <div className="toasts" role="status">
      {said && (
        <p key={said.id} className="toast">
          <Icon name="check" /> {said.text}
          {said.href && <Link href={said.href}>Show</Link>}
        </p>
      )}
    </div>
  )
}
