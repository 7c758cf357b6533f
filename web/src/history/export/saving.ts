import { type FetchPage } from '../feed'
import { FORMATS, headOf, lineOf, type Format } from './formats'

/** As many as the server gives at once. */
const PAGE = 100

/** A file in the making: what it holds so far, and where its next page begins. It can be gone on with after an error. */
export interface Saving {
  format: Format
  content: Blob
  count: number
  cursor: string | null
  isDone: boolean
}

export function beginSaving(format: Format): Saving {
  return { format, content: new Blob([headOf(format)]), count: 0, cursor: null, isDone: false }
}

/**
 * The file with one page more. It is kept as a blob, which a browser may keep on disk: however long a history is, only a
 * page of it is in memory.
 */
export async function saveNext(saving: Saving, fetchPage: FetchPage): Promise<Saving> {
  const { nodes, pageInfo } = await fetchPage(PAGE, saving.cursor)
  const lines = nodes.map((event) => lineOf(saving.format, event)).join('')
  return {
    ...saving,
    content: new Blob([saving.content, lines], { type: FORMATS[saving.format].type }),
    count: saving.count + nodes.length,
    cursor: pageInfo.endCursor ?? null,
    isDone: !pageInfo.hasNextPage,
  }
}
