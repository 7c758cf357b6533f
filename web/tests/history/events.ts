import type { HistoryEvent } from '../../src/history/operations'

let count = 0

/** An event of the collection `default/model/zoo`, with what is told of it. */
export function event(facts: Partial<HistoryEvent> = {}): HistoryEvent {
  count += 1
  return {
    id: `event-${count}`,
    kind: 'VERSION_ADDED',
    createdAt: '2026-03-03T09:30:00.000000Z',
    actor: { name: 'tomas', displayName: 'Tomas Novak' },
    collection: { id: 'zoo', name: 'zoo', path: 'default/model/zoo', kind: 'REGISTRY', deletedAt: null },
    artifact: { id: 'artifact', name: 'zoo-team/zoo/zoo-gh22k7rt:v0' },
    version: 'v1',
    previous: null,
    previousVersion: null,
    alias: null,
    tag: null,
    run: null,
    registry: { name: 'model', deletedAt: null, organization: { name: 'default' } },
    project: null,
    subject: null,
    role: null,
    detail: {},
    reason: null,
    hash: 'a'.repeat(64),
    ...facts,
  }
}

/** The two events of a move, newest first as in the log. */
export function move(
  alias: string,
  from: string,
  to: string,
  facts: Partial<HistoryEvent> = {},
): [HistoryEvent, HistoryEvent] {
  return [
    event({ kind: 'ALIAS_ADDED', alias, version: to, previousVersion: from, ...facts }),
    event({ kind: 'ALIAS_REMOVED', alias, version: from, ...facts }),
  ]
}
