import type { RunOrder, RunState } from '../../api/generated/graphql'

export const STATES: RunState[] = [
  'RUNNING',
  'FINISHED',
  'FAILED',
  'CRASHED',
  'KILLED',
  'PREEMPTED',
  'PREEMPTING',
  'PENDING',
]

export const ORDERS = {
  newest: { label: 'Newest first', by: { field: 'CREATED_AT', direction: 'DESC' } },
  oldest: { label: 'Oldest first', by: { field: 'CREATED_AT', direction: 'ASC' } },
  name: { label: 'By name', by: { field: 'NAME', direction: 'ASC' } },
} satisfies Record<string, { label: string; by: RunOrder }>

export type RunOrderName = keyof typeof ORDERS

interface RunFilterShown {
  text: string
  states: RunState[]
  order: RunOrderName
}

/** What an address says of the runs to show; anything that it can't mean is as if it were not there. */
export function readRunFilter(parameters: URLSearchParams): RunFilterShown {
  const order = parameters.get('order') ?? ''
  return {
    text: parameters.get('q') ?? '',
    states: STATES.filter((state) => parameters.getAll('state').includes(state)),
    order: Object.hasOwn(ORDERS, order) ? (order as RunOrderName) : 'newest',
  }
}
