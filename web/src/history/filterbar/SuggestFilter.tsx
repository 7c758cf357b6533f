import { useState } from 'react'
import { Icon, type IconName } from '../../ui/Icon'
import { useListbox } from '../../ui/useListbox'
import { SetFilter } from './SetFilter'

export interface Suggestion {
  value: string
  /** What it is called, where that is not its value. */
  label?: string | null
}

interface SuggestFilterProps {
  icon: IconName
  /** What the filter is called: "Person". */
  name: string
  /** What is offered to do without it: "Anyone". */
  none: string
  value: string | null
  suggestions: Suggestion[]
  /** What is asked for is what was typed, put right. */
  typed?: (text: string) => string
  onChange: (value: string | null) => void
}

/** A filter of one value: one of those that are offered, or any that is typed. */
export function SuggestFilter({ value, onChange, ...filter }: SuggestFilterProps) {
  const { icon, name, suggestions } = filter
  const words = suggestions.find((each) => each.value === value)?.label ?? value
  return (
    <SetFilter
      icon={icon}
      name={name}
      value={words}
      shown={words === null ? name : `${name}: ${words}`}
      clear={() => onChange(null)}
    >
      {(close) => (
        <Suggestions
          {...filter}
          value={value}
          onPick={(picked) => {
            close()
            if (picked !== value) onChange(picked)
          }}
        />
      )}
    </SetFilter>
  )
}

type SuggestionsProps = Omit<SuggestFilterProps, 'onChange' | 'icon'> & { onPick: (value: string | null) => void }

function Suggestions({ name, none, value, suggestions, typed = (text) => text, onPick }: SuggestionsProps) {
  const [text, setText] = useState('')
  const choices = choicesOf(suggestions, text, typed, none)
  const listbox = useListbox(choices.length, (index) => onPick(choices[index]!.value))
  return (
    <>
      <div className="popover-search">
        <Icon name="search" />
        <input
          {...listbox.field}
          aria-label={name}
          placeholder={`${name}…`}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            listbox.setActive(0)
          }}
          onKeyDown={listbox.onKeyDown}
        />
      </div>
      <ul {...listbox.list} className="option-list" aria-label={name}>
        {choices.map((choice, index) => (
          <li key={choice.value ?? ''} {...listbox.option(index)}>
            <span className="option-check">{choice.value === value && <Icon name="check" />}</span>
            <span>{choice.label ?? choice.value}</span>
            {choice.label && choice.value && <span className="quiet">{choice.value}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}

interface Choice {
  value: string | null
  label: string | null
}

/** What is offered for a text: those that have it, then what was typed itself. Without a text: none, and all. */
export function choicesOf(
  suggestions: Suggestion[],
  text: string,
  typed: (text: string) => string,
  none: string,
): Choice[] {
  const wanted = text.trim().toLowerCase()
  const all = suggestions.map(({ value, label }) => ({ value, label: label && label !== value ? label : null }))
  if (!wanted) return [{ value: null, label: none }, ...all]
  const exact = typed(text.trim())
  const found = all.filter(
    ({ value, label }) => value.toLowerCase().includes(wanted) || label?.toLowerCase().includes(wanted),
  )
  const first = found.filter(({ value }) => value === exact)
  const others = found.filter(({ value }) => value !== exact)
  return [...first, ...others, ...(first.length ? [] : [{ value: exact, label: null }])]
}
