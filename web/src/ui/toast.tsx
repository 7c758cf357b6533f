import { useEffect } from 'react'
import { Link } from 'wouter'
import { Icon } from './Icon'
import { createStore, useStore } from './store'

const SHOWN = 5_000

interface Said {
  text: string
  id: number
  /** Where it can be seen. */
  href: string | undefined
}

const last = createStore<Said | null>(null)
let count = 0

/** Says for some seconds what has been done. */
export function say(text: string, href?: string): void {
  last.set({ text, href, id: (count += 1) })
}

/** Where `say` is heard. */
export function Toasts() {
  const said = useStore(last)
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => last.set(null), SHOWN)
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
