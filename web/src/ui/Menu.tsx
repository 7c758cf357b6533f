import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Link } from 'wouter'
import { Icon } from './Icon'
import { useAnchored } from './useAnchored'
import { useOutside } from './useOutside'

interface MenuProps {
  /** What the button is called. */
  label: string
  button: ReactNode
  children: ReactNode
  align?: 'start' | 'end'
  className?: string
}

/** A button that opens a menu: arrows walk it, Escape and a click elsewhere close it. (WAI-ARIA menu button.) */
export function Menu({ label, button, children, align = 'start', className = 'button button-quiet' }: MenuProps) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const place = useAnchored(open, opener, list, align)
  const items = () => [...(root.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]

  useEffect(() => {
    if (open) items()[0]?.focus()
  }, [open])
  useOutside(open, root, () => setOpen(false))

  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  const walk = (event: KeyboardEvent) => {
    const all = items()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const to: Record<string, number> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }
    if (event.key === 'Escape') close()
    else if (event.key === 'Tab') setOpen(false)
    else if (event.key in to) all[to[event.key]!]?.focus()
    else return
    if (event.key !== 'Tab') event.preventDefault()
  }
  return (
    <div className="menu" ref={root} onKeyDown={open ? walk : undefined}>
      <button
        ref={opener}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <div ref={list} id={id} role="menu" aria-label={label} className="menu-list" style={place} onClick={close}>
          {children}
        </div>
      )}
    </div>
  )
}

interface MenuItemProps {
  children: ReactNode
  onSelect: () => void
  checked?: boolean
  danger?: boolean
}

export function MenuItem({ children, onSelect, checked, danger }: MenuItemProps) {
  return (
    <button
      type="button"
      role={checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={checked}
      tabIndex={-1}
      className={danger ? 'menu-item danger' : 'menu-item'}
      onClick={onSelect}
    >
      {checked !== undefined && <span className="menu-check">{checked && <Icon name="check" />}</span>}
      {children}
    </button>
  )
}

/** A way to somewhere else in a menu. */
export function MenuLink({ href, children, outside }: { href: string; children: ReactNode; outside?: boolean }) {
  const props = { role: 'menuitem', tabIndex: -1, className: 'menu-item' }
  if (outside)
    return (
      <a href={href} {...props}>
        {children}
      </a>
    )
  return (
    <Link href={href} {...props}>
      {children}
    </Link>
  )
}

export function MenuSeparator() {
  return <div role="separator" className="menu-separator" />
}

/** Words in a menu that do nothing. */
export function MenuNote({ children }: { children: ReactNode }) {
  return <div className="menu-note">{children}</div>
}
