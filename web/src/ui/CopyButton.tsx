import { Icon } from './Icon'
import { useCopy } from './useCopy'

/** Copies a text. `what` says which: "digest". */
export function CopyButton({ text, what, label }: { text: string; what: string; label?: string }) {
  const { copied, copy } = useCopy()
  return (
    <button
      type="button"
      className={label ? 'button button-small' : 'button button-quiet button-icon'}
      aria-label={`Copy ${what}`}
      title={`Copy ${what}`}
      onClick={() => copy(text)}
    >
      <Icon name={copied ? 'check' : 'copy'} />
      {label && <span>{copied ? 'Copied' : label}</span>}
      <span className="visually-hidden" role="status">
        {copied ? 'Copied' : ''}
      </span>
    </button>
  )
}

/** Lines to run somewhere else. */
export function Snippet({ text, what }: { text: string; what: string }) {
  return (
    <div className="snippet">
      <pre tabIndex={0}>{text}</pre>
      <CopyButton text={text} what={what} />
    </div>
  )
}
