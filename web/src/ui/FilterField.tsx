interface FilterFieldProps {
  /** What is filtered by: "Filter by name". */
  label: string
  placeholder?: string
  value: string
  onChange: (text: string) => void
}

/** The text that a list is filtered by. */
export function FilterField({ label, placeholder = `${label}…`, value, onChange }: FilterFieldProps) {
  return (
    <input
      type="search"
      className="input filter-field"
      aria-label={label}
      placeholder={placeholder}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
