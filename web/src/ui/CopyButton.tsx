import { useEffect, useState } from 'react'
import { Icon } from './Icon'

const SHOWN = 1_500

/** The clipboard is only there on https and on localhost; elsewhere the old way is taken. */
async function copy(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'visually-hidden'
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}

/** Copies a text. `what` says which: "digest". */
export function CopyButton({ text, what, label }: { text: string; what: string; label?: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <button
      type="button"
      className={label ? 'button button-small' : 'button button-quiet button-icon'}
      aria-label={`Copy ${what}`}
      title={`Copy ${what}`}
      onClick={() => copy(text).then(() => setCopied(true))}
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
