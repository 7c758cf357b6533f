import { useEffect, useRef, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { useQuery } from '../api/hooks'
import { SEARCH } from '../pages/search/operations'
import { hitsOf } from '../pages/search/hits'
import { Hit } from '../pages/search/Hit'
import { readKind } from '../pages/search/kinds'
import { Icon } from '../ui/Icon'
import { useDebounced } from '../ui/useDebounced'
import { useListbox } from '../ui/useListbox'
import { paths } from './paths'

const SUGGESTED = 8

/** Search over everything; `/` jumps into it. The first hits are shown below while one types, Enter shows them all. */
export function SearchBox() {
  const [location, navigate] = useLocation()
  const [parameters] = useSearchParams()
  const searching = location === '/search'
  const asked = searching ? (parameters.get('q') ?? '') : ''
  const [text, setText] = useState(asked)
  const [open, setOpen] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => setText(asked), [asked])
  useEffect(() => setOpen(false), [location])
  useEffect(() => {
    const jump = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable]')
      if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !document.querySelector('dialog[open]')) {
        event.preventDefault()
        input.current?.focus()
        input.current?.select()
      }
    }
    addEventListener('keydown', jump)
    return () => removeEventListener('keydown', jump)
  }, [])

  const wanted = useDebounced(text.trim())
  const suggesting = open && !searching
  const { data } = useQuery(
    SEARCH,
    { text: wanted, first: SUGGESTED },
    { enabled: suggesting && wanted !== '', keepPrevious: true },
  )
  const hits = suggesting && text.trim() ? hitsOf(data ? [data] : []) : []
  const go = (href: string) => {
    setOpen(false)
    input.current?.blur()
    navigate(href)
  }
  const listbox = useListbox(hits.length, (index) => go(hits[index]!.href), -1)
  return (
    <form
      className="shell-search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim()) go(paths.search(text.trim(), searching ? readKind(parameters) : null))
      }}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}
    >
      <Icon name="search" />
      <input
        ref={input}
        {...listbox.field}
        type="search"
        aria-label="Search"
        aria-autocomplete="list"
        autoComplete="off"
        placeholder="Search names, tags, metadata…"
        value={text}
        onFocus={() => setOpen(true)}
        onChange={(event) => {
          setText(event.target.value)
          setOpen(true)
        }}
        onKeyDown={(event) => {
          const found = searching && event.key === 'ArrowDown' && document.querySelector<HTMLElement>('.hit-list a')
          if (found) {
            found.focus()
            event.preventDefault()
          } else if (event.key === 'Escape') setOpen(false)
          else listbox.onKeyDown(event)
        }}
      />
      <kbd aria-hidden="true">/</kbd>
      {hits.length > 0 && (
        <div className="shell-suggestions">
          <ul {...listbox.list} aria-label="Suggestions">
            {hits.map((hit, index) => (
              <li key={hit.id} {...listbox.option(index)}>
                <Hit hit={hit} />
              </li>
            ))}
          </ul>
          <p className="quiet">
            <kbd>Enter</kbd> shows all that was found
          </p>
        </div>
      )}
    </form>
  )
}
