import { useState } from 'react'
import { explain } from '../api/client'
import { useMutation } from '../api/hooks'
import type { TagInput } from '../api/generated/graphql'
import { Tag } from '../ui/Chip'
import { Icon } from '../ui/Icon'
import { ADD_TAG, REMOVE_TAG } from './operations'

interface TagEditorProps {
  tags: string[]
  /** What they are on: a version or a collection. */
  on: Omit<TagInput, 'tag'>
  /** Where a tag leads: to all that have it. */
  href?: (tag: string) => string
}

/** Tags with a way to add one and to take one away; both can be undone, so nothing is asked. */
export function TagEditor({ tags, on, href }: TagEditorProps) {
  const [text, setText] = useState<string | null>(null)
  const add = useMutation(ADD_TAG)
  const remove = useMutation(REMOVE_TAG)
  const error = add.error ?? remove.error
  const close = () => {
    setText(null)
    add.reset()
  }
  const submit = () => {
    const tag = text?.trim()
    if (tag) add.mutate({ input: { ...on, tag } }, { onSuccess: () => setText('') })
    else close()
  }
  return (
    <div className="tag-editor">
      <div className="chips">
        {tags.map((tag) => (
          <Tag key={tag} href={href?.(tag)} onRemove={() => remove.mutate({ input: { ...on, tag } })}>
            {tag}
          </Tag>
        ))}
        {text === null ? (
          <button type="button" className="chip chip-add" onClick={() => setText('')}>
            <Icon name="plus" size={12} /> Add tag
          </button>
        ) : (
          <form
            className="tag-form"
            onSubmit={(event) => {
              event.preventDefault()
              submit()
            }}
            onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && !text && close()}
          >
            <input
              className="chip-input"
              aria-label="New tag"
              aria-invalid={add.error ? true : undefined}
              autoFocus
              autoComplete="off"
              maxLength={128}
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => event.key === 'Escape' && close()}
            />
            <button type="submit" className="button button-small" disabled={add.isPending || !text.trim()}>
              Add
            </button>
          </form>
        )}
      </div>
      {error && (
        <p className="field-error" role="alert">
          <Icon name="warning" size={14} /> {explain(error)}
        </p>
      )}
    </div>
  )
}
