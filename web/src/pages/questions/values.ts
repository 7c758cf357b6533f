/** What a saved question wants to be told. */
export interface Variable {
  name: string
  type: string
  default?: string | null
}

export const isRequired = ({ type, default: value }: Variable) => type.endsWith('!') && value == null

/** Types that are written as they are; all others are JSON. */
const PLAIN = ['String', 'ID', 'DateTime']
const NUMBERS = ['Int', 'Float', 'Int64']

export const named = ({ type }: Variable) => type.replace(/!$/, '')

/** The value of a variable from what stands in its field. Throws, in words, for what it can't be. */
export function valueOf(variable: Variable, text: string): unknown {
  const type = named(variable)
  if (PLAIN.includes(type)) return text
  if (NUMBERS.includes(type)) {
    if (!text.trim() || Number.isNaN(Number(text))) throw new Error('This must be a number.')
    return Number(text)
  }
  // The name of an enum's value needs no quotes.
  if (/^[A-Za-z_]\w*$/.test(text) && !['true', 'false', 'null'].includes(text)) return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new Error(`This must be JSON of the type ${variable.type}.`)
  }
}

export interface Told {
  values: Record<string, unknown>
  errors: Record<string, string>
  /** Whether all that must be given is, and all that is given can be. */
  isWhole: boolean
}

/** The variables by what stands in an address, or in a form. An empty field is one that is not given. */
export function told(variables: readonly Variable[], given: (name: string) => string | null): Told {
  const values: Record<string, unknown> = {}
  const errors: Record<string, string> = {}
  let isWhole = true
  for (const variable of variables) {
    const text = given(variable.name) ?? ''
    if (text === '') {
      isWhole &&= !isRequired(variable)
      continue
    }
    try {
      values[variable.name] = valueOf(variable, text)
    } catch (error) {
      errors[variable.name] = (error as Error).message
      isWhole = false
    }
  }
  return { values, errors, isWhole }
}

type Plain = string | number | boolean | null
export interface Rows {
  /** Where in the answer they stand. */
  path: string
  columns: string[]
  rows: Record<string, Plain>[]
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first list of objects in an answer as a table: what is plain of them, and of the single objects within. */
export function rowsOf(answer: unknown): Rows | null {
  const waiting: [string, unknown][] = [['', answer]]
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [path, value] = next
    if (Array.isArray(value) && value.length && value.every(isObject)) {
      const rows = value.map((each) => flat(each))
      const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
      if (columns.length) return { path, columns, rows }
    }
    if (isObject(value)) waiting.push(...Object.entries(value).map(([key, each]): [string, unknown] => [key, each]))
  }
  return null
}

function flat(value: Record<string, unknown>, before = ''): Record<string, Plain> {
  const row: Record<string, Plain> = {}
  for (const [key, each] of Object.entries(value)) {
    if (isObject(each)) Object.assign(row, flat(each, `${before}${key}.`))
    else if (!Array.isArray(each)) row[`${before}${key}`] = each as Plain
    else if (each.every((item) => typeof item !== 'object')) row[`${before}${key}`] = each.join(', ')
  }
  return row
}
