import { execute } from '../../api/client'
import { download } from '../../ui/download'
import { shortName } from '../../ui/format'
import { PROVENANCE, RECALL_REPORT } from './pastOperations'

interface Named {
  id: string
  name: string
}

/** Saves how a version came to be, as Markdown. */
export async function saveProvenance({ id, name }: Named): Promise<void> {
  const { artifact } = await execute(PROVENANCE, { id })
  if (artifact) save(artifact.provenance.markdown, 'provenance', name)
}

/** Saves what a version reached and what serves it, as Markdown. */
export async function saveReport({ id, name }: Named, from: string | null, until: string | null): Promise<void> {
  const { impact } = await execute(RECALL_REPORT, { id, from, until })
  save(`${impact.report}\nWritten ${new Date().toISOString()}.\n`, 'recall', name)
}

function save(text: string, what: string, name: string): void {
  const file = `${what}-${shortName(name).replace(/[^\w.-]+/g, '-')}.md`
  download(new Blob([text], { type: 'text/markdown' }), file)
}
