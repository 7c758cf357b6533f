import { MAX_ZOOM, MIN_ZOOM } from './sizes'
import { FIRST_VIEW, NO_FILTERS, type Spot, type View } from './view'

/** The names in the query string. Others there belong to the page, and stay. */
const NAMES = [
  'view',
  'depth',
  'limit',
  'at',
  'selected',
  'inputs-of',
  'outputs-of',
  'no-inputs-of',
  'no-outputs-of',
  'pulled',
  'hidden',
  'group',
  'find',
  'only',
  'without',
  'without-state',
  'from',
  'until',
] as const
type Name = (typeof NAMES)[number]

/** Stands in an address as it is. */
const SEPARATOR = '~'
const written = (item: string) => item.replaceAll('%', '%25').replaceAll(SEPARATOR, '%7E')

const MARKS: [Name, 'expanded' | 'collapsed', string][] = [
  ['inputs-of', 'expanded', ':inputs'],
  ['outputs-of', 'expanded', ':outputs'],
  ['no-inputs-of', 'collapsed', ':inputs'],
  ['no-outputs-of', 'collapsed', ':outputs'],
]

/** Writes a view into a query string; what is as at first is left out. */
export function writeView(view: View, search: string): string {
  const parameters = new URLSearchParams(search)
  NAMES.forEach((name) => parameters.delete(name))
  const set = (name: Name, value: string | number | null | undefined) => {
    if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value))
  }
  const list = (name: Name, items: string[]) => set(name, items.map(written).join(SEPARATOR))
  set('view', view.shape === 'list' ? 'list' : null)
  set('depth', view.depth)
  set('limit', view.limit)
  set('at', view.spot && writtenSpot(view.spot))
  set('selected', view.selected)
  for (const [name, key, ending] of MARKS) {
    list(
      name,
      view[key].filter((each) => each.endsWith(ending)).map((each) => each.slice(0, -ending.length)),
    )
  }
  list('pulled', view.pulled)
  list('hidden', view.hidden)
  set('group', view.grouped ? null : 'no')
  set('find', view.filters.text)
  set('only', view.filters.onlyMatches ? 'yes' : null)
  list('without', view.filters.withoutTypes)
  list('without-state', view.filters.withoutStates)
  set('from', view.filters.from)
  set('until', view.filters.until)
  return parameters.toString()
}

/** Reads a view from a query string. What makes no sense there is as at first. */
export function readView(search: string): View {
  const parameters = new URLSearchParams(search)
  const get = (name: Name) => parameters.get(name) ?? ''
  const list = (name: Name) => get(name).split(SEPARATOR).filter(Boolean).map(decoded)
  const number = (name: Name, most: number) => {
    const value = Number(get(name))
    return get(name) && Number.isInteger(value) && value > 0 ? Math.min(value, most) : null
  }
  const day = (name: Name) => (/^\d{4}-\d\d-\d\d$/.test(get(name)) ? get(name) : '')
  const marks = (key: 'expanded' | 'collapsed') =>
    MARKS.filter(([, each]) => each === key).flatMap(([name, , ending]) => list(name).map((id) => id + ending))
  return {
    ...FIRST_VIEW,
    shape: get('view') === 'list' ? 'list' : 'map',
    depth: number('depth', MOST_DEPTH),
    limit: number('limit', MOST_NODES),
    spot: readSpot(get('at')),
    selected: get('selected') || null,
    expanded: marks('expanded').slice(0, MOST_EXPANSIONS),
    collapsed: marks('collapsed'),
    pulled: list('pulled'),
    hidden: list('hidden'),
    grouped: get('group') !== 'no',
    filters: {
      ...NO_FILTERS,
      text: get('find'),
      onlyMatches: get('only') === 'yes',
      withoutTypes: list('without'),
      withoutStates: list('without-state'),
      from: day('from'),
      until: day('until'),
    },
  }
}

/** What the server takes at most. */
export const MOST_DEPTH = 100
export const MOST_NODES = 10_000
/** Each is a request of its own when the address is opened. */
const MOST_EXPANSIONS = 100

/** As `x~y~zoom`. */
function writtenSpot({ x, y, zoom }: Spot): string {
  return [x.toFixed(), y.toFixed(), zoom.toPrecision(3)].join(SEPARATOR)
}

function readSpot(text: string): Spot | null {
  const [x, y, zoom, ...more] = text.split(SEPARATOR).map((each) => (each ? Number(each) : NaN))
  if (more.length || ![x, y, zoom].every(Number.isFinite) || zoom! < MIN_ZOOM || zoom! > MAX_ZOOM) return null
  return { x: x!, y: y!, zoom: zoom! }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
