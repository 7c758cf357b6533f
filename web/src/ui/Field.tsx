import { useId, type ReactNode } from 'react'
import { Icon } from './Icon'

export interface ControlProps {
  id: string
  'aria-invalid': boolean | undefined
  'aria-describedby': string | undefined
}

interface FieldProps {
  label: string
  hint?: ReactNode
  /** What is wrong with it, in the server's words. */
  error?: string | null | undefined
  optional?: boolean
  children: (control: ControlProps) => ReactNode
}

/** A control of a form with its name, what to know about it, and what is wrong with it. */
export function Field({ label, hint, error, optional, children }: FieldProps) {
  const id = useId()
  const about = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  return (
    <div className={error ? 'field field-wrong' : 'field'}>
      <label htmlFor={id}>
        {label}
        {optional && <span className="field-optional"> (optional)</span>}
      </label>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': about })}
      {hint && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="field-error" role="alert">
          <Icon name="warning" size={14} /> {error}
        </p>
      )}
    </div>
  )
}
