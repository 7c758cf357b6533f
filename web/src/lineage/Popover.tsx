import { useEffect, useId, useRef, useState, type ReactNode } from 'react'

interface PopoverProps {
  label: string
  button: ReactNode
  children: ReactNode
  className?: string
}

/** A button that opens a small form beside it. Escape and a click elsewhere close it. */
export function Popover({ label, button, children, className = 'button' }: PopoverProps) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const id = useId()
  useEffect(() => {
    if (!open) return
    const leave = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', leave)
    return () => document.removeEventListener('pointerdown', leave)
  }, [open])
  return (
    <div
      className="map-popover"
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return
        event.stopPropagation()
        setOpen(false)
        opener.current?.focus()
      }}
    >
      <button ref={opener} type="button" className={className} aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}>
        {button}
      </button>
      {open && (
        <div id={id} role="group" aria-label={label} className="map-popover-body">
          {children}
        </div>
      )}
    </div>
  )
}
