import { useState, type FormEvent } from 'react'
import { Icon } from '../../ui/Icon'
import { Popover } from '../../ui/Popover'
import { dayOf, shiftedDay, shortDay } from '../days'
import { SetFilter } from './SuggestFilter'

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

export function rangeInWords({ from, until }: Range): string {
  if (from && from === until) return shortDay(from)
  if (from && until) return `${shortDay(from)} to ${shortDay(until)}`
  return from ? `Since ${shortDay(from)}` : until ? `Until ${shortDay(until)}` : 'Time'
}

/** From which day until which; both belong to it, and are the reader's days. */
export function TimeFilter({ value, onChange }: { value: Range; onChange: (range: Range) => void }) {
  const isSet = value.from !== null || value.until !== null
  const words = rangeInWords(value)
  return (
    <SetFilter name="Time" isSet={isSet} clear={() => onChange({ from: null, until: null })}>
      <Popover
        label={isSet ? `Time: ${words}` : 'Time'}
        className={isSet ? 'button button-small filter-on' : 'button button-small'}
        button={
          <>
            <Icon name="clock" size={14} />
            <span className="filter-text">{words}</span>
            {!isSet && <Icon name="chevron-down" size={12} />}
          </>
        }
      >
        {(close) => (
          <RangeForm
            value={value}
            onChange={(range) => {
              close()
              onChange(range)
            }}
          />
        )}
      </Popover>
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
          <input type="date" value={range.from ?? ''} onChange={(event) => setRange({ ...range, from: event.target.value || null })} />
        </label>
        <label className="field">
          Until
          <input type="date" value={range.until ?? ''} onChange={(event) => setRange({ ...range, until: event.target.value || null })} />
        </label>
      </div>
      <button type="submit" className="button button-primary button-small">
        Show
      </button>
    </form>
  )
}
