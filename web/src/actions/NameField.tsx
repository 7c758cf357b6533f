import { Field } from '../ui/Field'
import { fieldError } from './errors'

interface NameFieldProps {
  label?: string
  hint?: string
  value: string
  onChange: (name: string) => void
  /** Why the server did not take it. */
  error: unknown
}

/** What a registry or a collection is to be called. */
export function NameField({ label = 'Name', hint, value, onChange, error }: NameFieldProps) {
  return (
    <Field label={label} hint={hint} error={fieldError(error, 'name')}>
      {(control) => (
        <input
          {...control}
          value={value}
          autoComplete="off"
          maxLength={128}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
