import { useRef, useState, type ReactNode } from 'react'
import { useAnchored } from './useAnchored'
import { useOutside } from './useOutside'

interface PopoverProps {
  /** What the button is called. */
  label: string
  button: ReactNode
  className?: string
  children: (close: () => void) => ReactNode
}

/** A button that opens a panel below it. Escape, a click elsewhere and leaving it by Tab close it. */
export function Popover({ label, button, className = 'button', children }: PopoverProps) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const place = useAnchored(open, opener, panel)
  useOutside(open, root, () => setOpen(false))
  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  return (
    <div
      className="popover"
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return
        event.preventDefault()
        close()
      }}
      onBlur={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <button
        ref={opener}
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <div ref={panel} className="popover-panel" tabIndex={-1} style={place} role="dialog" aria-label={label}>
          {children(close)}
        </div>
      )}
    </div>
  )
}
