import type { HistoryEvent } from '../operations'
import { plain, sentence } from '../sentence'

export type Format = 'csv' | 'ndjson'

export const FORMATS: Record<Format, { label: string; about: string; type: string }> = {
  csv: { label: 'CSV', about: 'for spreadsheets', type: 'text/csv;charset=utf-8' },
  ndjson: { label: 'NDJSON', about: 'for programs: one JSON object per line', type: 'application/x-ndjson' },
}

/** What is exported of an event, by the name of its column. Times are UTC, as the server gives them. */
export function recordOf(event: HistoryEvent) {
  return {
    id: event.id,
    createdAt: event.createdAt,
    actor: event.actor.name,
    kind: event.kind,
    summary: plain(sentence(event)),
    collection: event.collection?.path ?? null,
    version: event.version ?? null,
    previousVersion: event.previousVersion ?? null,
    alias: event.alias ?? null,
    tag: event.tag ?? null,
    artifact: event.artifact?.name ?? null,
    previousArtifact: event.previous?.name ?? null,
    run: event.run?.path ?? null,
    registry: event.registry ? `${event.registry.organization.name}/${event.registry.name}` : null,
    project: event.project?.path ?? null,
    subject: event.subject?.name ?? null,
    role: event.role ?? null,
    reason: event.reason ?? null,
    detail: event.detail,
    hash: event.hash,
  }
}

const COLUMNS = [
  'createdAt',
  'actor',
  'kind',
  'summary',
  'reason',
  'collection',
  'version',
  'previousVersion',
  'alias',
  'tag',
  'artifact',
  'previousArtifact',
  'run',
  'registry',
  'project',
  'subject',
  'role',
  'detail',
  'hash',
  'id',
] as const satisfies (keyof ReturnType<typeof recordOf>)[]

/** What a file begins with: for CSV the names of its columns, behind the mark that tells spreadsheets that it is UTF-8. */
export function headOf(format: Format): string {
  return format === 'csv' ? `\uFEFF${COLUMNS.join(',')}\r\n` : ''
}

/** An event as a line of a file. */
export function lineOf(format: Format, event: HistoryEvent): string {
  const record = recordOf(event)
  if (format === 'ndjson') return `${JSON.stringify(record)}\n`
  return `${COLUMNS.map((column) => cell(record[column])).join(',')}\r\n`
}

/**
 * A cell of CSV. What a spreadsheet would take for a formula gets an apostrophe, which makes it text: names and reasons
 * are what anybody may have written. (https://owasp.org/www-community/attacks/CSV_Injection)
 */
export function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const safe = /^[\s\u0000]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u.test(text) ? `'${text}` : text
  return /[",;\r\n\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
