import { execute } from '../api/client'
import type { LineageFormat } from '../api/generated/graphql'
import { download } from '../ui/download'
import { fileName } from './exportMermaid'
import { LINEAGE_EXPORT } from './queries'
import type { Scene } from './scene'
import { extentOf } from './useGraph'
import type { View } from './view'

export interface DocumentFormat {
  format: LineageFormat
  words: string
  ending: string
  type: string
}

/** What the server writes: the map as far as it was asked for, whatever of it is shown. */
export const DOCUMENTS: DocumentFormat[] = [
  { format: 'DOT', words: 'Graphviz DOT', ending: 'dot', type: 'text/vnd.graphviz' },
  { format: 'GRAPHML', words: 'GraphML', ending: 'graphml', type: 'application/xml' },
  { format: 'CYTOSCAPE', words: 'Cytoscape JSON', ending: 'cyjs', type: 'application/json' },
  { format: 'OPENLINEAGE', words: 'OpenLineage events', ending: 'openlineage.json', type: 'application/json' },
  { format: 'PROV', words: 'W3C PROV', ending: 'prov.json', type: 'application/json' },
  { format: 'CYCLONEDX', words: 'CycloneDX ML-BOM', ending: 'cdx.json', type: 'application/vnd.cyclonedx+json' },
]

/** Saves the map around the start, as far as the view asks for it, as a document for other programs. */
export async function saveDocument({ format, ending, type }: DocumentFormat, scene: Scene, view: View): Promise<void> {
  const { node } = await execute(LINEAGE_EXPORT, { id: scene.start, ...extentOf(view), format })
  if (!node || !('lineage' in node)) throw new Error('There is no such run or artifact any more.')
  download(new Blob([node.lineage.export], { type }), `${fileName(scene)}.${ending}`)
}
