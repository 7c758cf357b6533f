/** An operation to begin with: what it answers, in its first words, itself, and the variables it needs. */
export interface Example {
  name: string
  about: string
  query: string
  variables: string | null
}

/** The operations of docs/examples, as they are there: the docs name them, and tests run them against the demo. */
const FILES = import.meta.glob<string>('../../../docs/examples/*.{graphql,json}', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** Those that tell first what the registry is for; the others follow by name. */
const FIRST = ['chain', 'production-at', 'alias-timeline', 'action-history', 'lineage-map']

export function examplesOf(files: Record<string, string>): Example[] {
  const names = Object.keys(files).filter((path) => path.endsWith('.graphql'))
  const examples = names.map((path) => ({
    name: path.slice(path.lastIndexOf('/') + 1, -'.graphql'.length),
    about: firstWords(files[path]!),
    query: files[path]!,
    variables: files[path.replace(/graphql$/, 'json')]?.trim() ?? null,
  }))
  const rank = ({ name }: Example) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)
  return examples.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
}

export const EXAMPLES = examplesOf(FILES)

/** The first paragraph of the comment that an operation begins with. */
function firstWords(query: string): string {
  const lines: string[] = []
  for (const line of query.split('\n')) {
    if (!/^# \S/.test(line)) break
    lines.push(line.slice(2).trim())
  }
  return lines.join(' ')
}

/** A file's name as a title: `production-at` is "Production at". */
export function titleOf({ name }: Example): string {
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
