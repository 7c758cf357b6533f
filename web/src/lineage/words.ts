import { formatCount } from '../ui/format'
import type { MapNode, RunNode } from './model'
import type { Card, ClusterCard } from './scene'

/** "12 runs", "7 dataset versions". */
export function clusterTitle({ of, members }: Pick<ClusterCard, 'of' | 'members'>): string {
  if (of === 'run') return formatCount(members.length, 'run')
  const [first] = members
  return formatCount(members.length, first?.kind === 'artifact' ? `${first.type} version` : 'version')
}

/** What the members have in common, and how they differ: "train · 10 finished, 2 failed". */
export function clusterSubtitle({ members }: Pick<ClusterCard, 'members'>): string {
  const [first] = members
  if (first?.kind !== 'run') {
    const names = [...new Set(members.map(({ label }) => label))]
    return names.length === 1 ? names[0]! : `${names[0]} and ${formatCount(names.length - 1, 'more collection')}`
  }
  const states = countBy(members as RunNode[], ({ state }) => state.toLowerCase())
  const words = [...states].map(([state, count]) => (states.size === 1 ? state : `${count} ${state}`)).join(', ')
  return first.jobType ? `${first.jobType} · ${words}` : words
}

function countBy<Item>(items: Item[], key: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1)
  return counts
}

/** "finished", "train · finished". */
export const runSubtitle = ({ jobType, state }: RunNode) =>
  jobType ? `${jobType} · ${state.toLowerCase()}` : state.toLowerCase()

/** To whose origin a card of a comparison belongs. */
export const SIDES = { FROM: 'only before', TO: 'only after', BOTH: 'in both' } as const

/** What a screen reader says of a card. */
export function cardWords(card: Card): string {
  const more = [
    card.more.inputs && `${formatCount(card.more.inputs, 'more input')}`,
    card.more.outputs && `${formatCount(card.more.outputs, 'more output')}`,
  ]
  return [...ownWords(card), ...more].filter(Boolean).join(', ')
}

function ownWords(card: Card): string[] {
  if (card.kind === 'cluster') return [`Group of ${clusterTitle(card)}`, clusterSubtitle(card)]
  return nodeWords(card.node)
}

function nodeWords(node: MapNode): string[] {
  const deleted = node.deletedAt ? ['deleted'] : []
  if (node.kind === 'run') return [`Run ${node.label}`, runSubtitle(node), ...deleted]
  const aliases = node.aliases.length ? [`aliases ${node.aliases.join(' ')}`] : []
  return [`${node.type} ${node.label} ${node.version ?? 'pending'}`, ...aliases, ...deleted]
}
