import { useState, type FormEvent } from 'react'
import { dayOf, shiftedDay, shortDay } from '../../ui/days'
import { SetFilter } from './SetFilter'

export interface Range {
  from: string | null
  until: string | null
}

/** The ranges that are a click away. */
export function presets(today: string): [string, Range][] {
  return [
    ['Today', { from: today, until: null }],
    ['Last 7 days', { from: shiftedDay(today, -6), until: null }],
    ['Last 30 days', { from: shiftedDay(today, -29), until: null }],
    ['Last 365 days', { from: shiftedDay(today, -364), until: null }],
  ]
}

/** A range in words; null: there is none. */
export function rangeInWords({ from, until }: Range): string | null {
  if (from && from === until) return shortDay(from)
  if (from && until) return `${shortDay(from)} to ${shortDay(until)}`
  return from ? `Since ${shortDay(from)}` : until ? `Until ${shortDay(until)}` : null
}

/** From which day until which; both belong to it, and are the reader's days. */
export function TimeFilter({ value, onChange }: { value: Range; onChange: (range: Range) => void }) {
  return (
    <SetFilter icon="clock" name="Time" value={rangeInWords(value)} clear={() => onChange({ from: null, until: null })}>
      {(close) => (
        <RangeForm
          value={value}
          onChange={(range) => {
            close()
            onChange(range)
          }}
        />
      )}
    </SetFilter>
  )
}

function RangeForm({ value, onChange }: { value: Range; onChange: (range: Range) => void }) {
  const [range, setRange] = useState(value)
  const today = dayOf(new Date())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { from, until } = range
    onChange(from && until && from > until ? { from: until, until: from } : range)
  }
  return (
    <form className="time-choices" onSubmit={submit}>
      <div className="chips">
        {presets(today).map(([label, preset]) => (
          <button key={label} type="button" className="button button-small" onClick={() => onChange(preset)}>
            {label}
          </button>
        ))}
      </div>
      <div className="time-fields">
        <label className="field">
          From
          <input
            type="date"
            value={range.from ?? ''}
            onChange={(event) => setRange({ ...range, from: event.target.value || null })}
          />
        </label>
        <label className="field">
          Until
          <input
            type="date"
            value={range.until ?? ''}
            onChange={(event) => setRange({ ...range, until: event.target.value || null })}
          />
        </label>
      </div>
      <button type="submit" className="button button-primary button-small">
        Show
      </button>
    </form>
  )
}
