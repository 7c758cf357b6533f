import { useState } from 'react'
import { explain } from '../api/client'
import { Icon } from '../ui/Icon'
import { Markdown } from '../ui/Markdown'

interface DescriptionProps {
  text: string | null | undefined
  /** What it is called: "Description", "Notes". */
  label?: string
  /** Said where there is none. */
  empty?: string
  save: {
    isPending: boolean
    error: unknown
    reset: () => void
    /** Calls back when it is on disk. */
    to: (text: string, done: () => void) => void
  }
}

/** What somebody wrote about a thing, in Markdown, and the place to write it. */
export function Description({
  text,
  label = 'Description',
  empty = 'Nothing is written about it yet.',
  save,
}: DescriptionProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const close = () => {
    setDraft(null)
    save.reset()
  }
  return (
    <section className="section" aria-label={label}>
      <header className="section-header">
        <h2>{label}</h2>
        {draft === null && (
          <button type="button" className="button button-quiet button-small" onClick={() => setDraft(text ?? '')}>
            <Icon name="edit" size={14} /> Edit
            <span className="visually-hidden"> {label.toLowerCase()}</span>
          </button>
        )}
      </header>
      {draft !== null ? (
        <MarkdownEditor label={label} draft={draft} setDraft={setDraft} save={save} close={close} />
      ) : text ? (
        <div className="card">
          <Markdown text={text} />
        </div>
      ) : (
        <p className="quiet">{empty}</p>
      )}
    </section>
  )
}

interface MarkdownEditorProps {
  label: string
  draft: string
  setDraft: (draft: string) => void
  save: DescriptionProps['save']
  close: () => void
}

function MarkdownEditor({ label, draft, setDraft, save, close }: MarkdownEditorProps) {
  const [preview, setPreview] = useState(false)
  const submit = () => save.to(draft.trim(), close)
  return (
    <form
      className="card editor"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="switch" role="group" aria-label="Write or preview">
        <button type="button" aria-pressed={!preview} onClick={() => setPreview(false)}>
          Write
        </button>
        <button type="button" aria-pressed={preview} onClick={() => setPreview(true)}>
          Preview
        </button>
      </div>
      {preview ? (
        <div className="editor-preview">
          {draft.trim() ? <Markdown text={draft} /> : <p className="quiet">Nothing to preview.</p>}
        </div>
      ) : (
        <textarea
          className="input"
          aria-label={`${label}, in Markdown`}
          aria-invalid={save.error ? true : undefined}
          rows={8}
          autoFocus
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') close()
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit()
          }}
        />
      )}
      {save.error !== null && save.error !== undefined && (
        <p className="field-error" role="alert">
          <Icon name="warning" size={14} /> {explain(save.error)}
        </p>
      )}
      <footer className="dialog-actions">
        <span className="quiet editor-hint">Markdown is understood.</span>
        <button type="button" className="button button-small" onClick={close}>
          Cancel
        </button>
        <button type="submit" className="button button-small button-primary" disabled={save.isPending}>
          {save.isPending ? 'Saving…' : 'Save'}
        </button>
      </footer>
    </form>
  )
}
