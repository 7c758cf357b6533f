import { useLayoutEffect, useRef } from 'react'
import { Link, useLocation } from 'wouter'

export interface TabLink {
  href: string
  label: string
  count?: number
  current: boolean
}

/** The parts of a page, each with an address of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: TabLink[] }) {
  const [location] = useLocation()
  const nav = useRef<HTMLElement>(null)
  // On a narrow screen the row is longer than the page.
  useLayoutEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current]')
    if (!nav.current || !current) return
    const { scrollLeft, clientWidth } = nav.current
    const start = current.offsetLeft - nav.current.offsetLeft
    if (start < scrollLeft || start + current.offsetWidth > scrollLeft + clientWidth)
      nav.current.scrollLeft = start - 32
  }, [location])
  return (
    <nav ref={nav} className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.label} href={tab.href} aria-current={tab.current ? 'page' : undefined}>
          {tab.label}
          {tab.count !== undefined && <span className="tabs-count">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  )
}
