import { RUNS, typeOf } from './model'
import type { Card, Scene } from './scene'
import { clusterTitle } from './words'

/** Text in a Mermaid label: quotes and what Mermaid reads as markup become entities. */
const quoted = (text: string) =>
  `"${text.replace(/[#"<>&`\\]/g, (sign) => `#${sign.codePointAt(0)};`).replaceAll('\n', ' ')}"`

function shape(card: Card): string {
  if (card.kind === 'cluster') return `[[${quoted(clusterTitle(card))}]]`
  const { node } = card
  const deleted = node.deletedAt ? ' (deleted)' : ''
  if (node.kind === 'run') return `[${quoted(node.label + deleted)}]`
  return `([${quoted(`${node.label}:${node.version ?? 'pending'}${deleted}`)}])`
}

/** The map as it is shown, as a Mermaid flowchart: artifacts round, runs square, clusters with double sides. */
export function toMermaid({ cards, links }: Scene): string {
  const names = new Map(cards.map(({ id }, at) => [id, `n${at}`]))
  const lines = ['flowchart LR']
  for (const card of cards) lines.push(`  ${names.get(card.id)}${shape(card)}`)
  for (const { source, target, label, inferred, indirect } of links) {
    const arrow = indirect ? '-.->' : label ? `-- ${quoted(inferred ? `${label}?` : label)} -->` : '-->'
    lines.push(`  ${names.get(source)} ${arrow} ${names.get(target)}`)
  }
  const deleted = cards.filter((card) => card.kind !== 'cluster' && card.node.deletedAt)
  if (deleted.length) {
    lines.push('  classDef deleted stroke-dasharray: 4 3')
    lines.push(`  class ${deleted.map(({ id }) => names.get(id)).join(',')} deleted`)
  }
  return `${lines.join('\n')}\n`
}

/** A name for a file of this map, without what a file's name can't have. */
export function fileName({ byId, start }: Scene): string {
  const card = byId.get(start)
  const node = card && card.kind !== 'cluster' ? card.node : null
  const words = node
    ? typeOf(node) === RUNS || node.kind === 'run'
      ? node.label
      : `${node.label}-${node.version ?? 'pending'}`
    : 'map'
  return `lineage-${words.replace(/[^\w.-]+/g, '-')}`
}
