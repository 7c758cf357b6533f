import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useQuery } from '../../api/hooks'
import { Dialog } from '../../ui/Dialog'
import { download } from '../../ui/download'
import { ErrorNote } from '../../ui/Note'
import { formatCount } from '../../ui/format'
import { dayOf } from '../../ui/days'
import { pageOf } from '../feed'
import { asked, hasFilters, type Filters, type Place } from '../filters'
import { EVENT_COUNT } from '../operations'
import './export.css'
import { FORMATS, type Format } from './formats'
import { beginSaving, saveNext, type Saving } from './saving'

interface ExportDialogProps {
  place: Place
  filters: Filters
  onClose: () => void
}

/** All events that the filters select, as a file: page by page, until it is whole or somebody cancels it. */
export function ExportDialog({ place, filters, onClose }: ExportDialogProps) {
  const filter = asked(place, filters)
  const { data } = useQuery(EVENT_COUNT, { filter })
  const [format, setFormat] = useState<Format>('csv')
  const [saving, setSaving] = useState<Saving | null>(null)
  const [error, setError] = useState<unknown>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const run = async (from: Saving) => {
    const controller = new AbortController()
    running.current = controller
    let now = from
    setError(null)
    setSaving(now)
    try {
      while (!now.isDone) {
        now = await saveNext(now, pageOf(filter, controller.signal))
        if (controller.signal.aborted) return
        setSaving(now)
      }
      download(now.content, `action-history-${dayOf(new Date())}.${format}`)
    } catch (reason) {
      if (!controller.signal.aborted) setError(reason)
    }
  }
  const total = data?.actionEvents.totalCount
  const start = (event: FormEvent) => {
    event.preventDefault()
    void run(beginSaving(format))
  }
  return (
    <Dialog title="Export the action history" onClose={onClose}>
      {!saving && (
        <form className="action" onSubmit={start}>
          <p>
            {total === undefined ? 'All events' : formatCount(total, 'event')}
            {hasFilters(filters) ? ' that the filters select, ' : ', '}
            newest first. A moved alias is two events: it was taken off a version, and set on another.
          </p>
          <fieldset className="export-formats">
            <legend className="visually-hidden">Format</legend>
            {(Object.keys(FORMATS) as Format[]).map((each) => (
              <label key={each} className="check">
                <input type="radio" name="format" checked={format === each} onChange={() => setFormat(each)} />
                <strong>{FORMATS[each].label}</strong> <span className="quiet">{FORMATS[each].about}</span>
              </label>
            ))}
          </fieldset>
          <div className="dialog-actions">
            <button type="button" className="button" onClick={onClose}>
              Cancel
            </button>
            <button type="submit" className="button button-primary">
              Export
            </button>
          </div>
        </form>
      )}
      {saving && (
        <div className="action">
          <p role="status">
            {saving.isDone ? `${formatCount(saving.count, 'event')} saved.` : progressInWords(saving.count, total)}
          </p>
          <progress
            aria-label="Exported"
            value={saving.isDone ? 1 : saving.count}
            max={saving.isDone ? 1 : Math.max(total ?? 0, saving.count, 1)}
          />
          {error ? <ErrorNote error={error} retry={() => void run(saving)} /> : null}
          <div className="dialog-actions">
            <button type="button" className="button" onClick={onClose}>
              {saving.isDone ? 'Close' : 'Cancel'}
            </button>
          </div>
        </div>
      )}
    </Dialog>
  )
}

function progressInWords(count: number, total: number | undefined): string {
  const read = count.toLocaleString('en')
  return total === undefined ? `${read} events read…` : `${read} of ${formatCount(total, 'event')} read…`
}
