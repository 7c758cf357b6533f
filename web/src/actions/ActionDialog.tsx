import { useQueryClient } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { Dialog } from '../ui/Dialog'
import { Field } from '../ui/Field'
import { ErrorNote } from '../ui/Note'
import { isConflict, otherError } from './errors'

interface ActionDialogProps {
  title: string
  /** What the button that does it is called. */
  verb: string
  danger?: boolean
  /** Whether there is enough to do it. */
  ready?: boolean
  action: { isPending: boolean; error: unknown }
  /** The inputs whose faults are shown beside them, by the names that the server gives them. */
  fields?: string[]
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A change to make: its form, what the server says against it, and the button. */
export function ActionDialog({
  title,
  verb,
  danger,
  ready = true,
  action,
  fields = [],
  onSubmit,
  onClose,
  children,
}: ActionDialogProps) {
  const client = useQueryClient()
  const { error, isPending } = action
  useEffect(() => {
    if (isConflict(error)) void client.invalidateQueries()
  }, [client, error])
  const other = otherError(error, ...fields)
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="action"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !isPending) onSubmit()
        }}
      >
        {children}
        {other !== null && <ErrorNote error={other} />}
        <footer className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            className={danger ? 'button button-danger' : 'button button-primary'}
            disabled={!ready || isPending}
          >
            {isPending ? 'Working…' : verb}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}

interface ReasonFieldProps {
  value: string
  onChange: (reason: string) => void
}

/** Why: it stands in the action history for good. */
export function ReasonField({ value, onChange }: ReasonFieldProps) {
  return (
    <Field label="Reason" optional hint="Stands in the action history.">
      {(control) => (
        <input
          {...control}
          value={value}
          maxLength={2000}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

/** A reason as the server takes it: none is null. */
export function givenReason(reason: string): string | null {
  return reason.trim() || null
}
