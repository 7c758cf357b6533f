import { memo, type KeyboardEvent } from 'react'
import { AliasChip, VersionChip } from '../ui/Chip'
import { typeHue } from '../ui/hues'
import { Icon, typeIcon, type IconName } from '../ui/Icon'
import { relativeTime } from '../ui/Time'
import { isDim, useControls, useMarks } from './marks'
import { MoreButtons } from './MoreButtons'
import type { ArtifactNode, RunNode } from './model'
import { firstOf, type Card, type ClusterCard } from './scene'
import { cardWords, clusterSubtitle, clusterTitle, runSubtitle, SIDES } from './words'

/** So many letters of aliases have room on a card. */
const ALIAS_LETTERS = 18

/** The aliases that have room on a card: one at least. */
function roomFor(aliases: string[]): number {
  let letters = 0
  const many = aliases.findIndex((name) => (letters += name.length) > ALIAS_LETTERS)
  return many < 0 ? aliases.length : Math.max(many, 1)
}

/** A card of the map: a button that selects it, and beside it those that open more. */
export const CardView = memo(function CardView({ card }: { card: Card }) {
  const marks = useMarks()
  const { dispatch, walk } = useControls()
  const selected = marks.selected === card.id
  const side = marks.sides?.get(card.id)
  const select = () => dispatch({ type: 'select', id: selected ? null : card.id })
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') select()
    else if (!walk(card.id, event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const className = [
    'map-card',
    `map-${card.kind}`,
    isDim(marks, card.id) && 'is-dim',
    marks.path?.ids.has(card.id) && 'is-lit',
    selected && 'is-selected',
    marks.matches?.has(card.id) && 'is-match',
    card.kind !== 'cluster' && card.node.deletedAt && 'is-deleted',
  ]
  return (
    <div
      className={className.filter(Boolean).join(' ')}
      data-hue={cardHue(card)}
      data-of={card.kind === 'cluster' ? card.of : card.kind}
      data-side={side}
    >
      <div
        className="map-card-face"
        role="button"
        tabIndex={marks.current === card.id ? 0 : -1}
        data-card={card.id}
        aria-pressed={selected}
        aria-label={side ? `${cardWords(card)}, ${SIDES[side]}` : cardWords(card)}
        onClick={select}
        onKeyDown={press}
      >
        <Face card={card} matches={marks.matches?.get(card.id)} />
      </div>
      <MoreButtons card={card} opening={marks.opening} reachable={marks.current === card.id} />
    </div>
  )
})

/** The colour of a card, by its artifact type; runs have none. */
function cardHue(card: Card): number | undefined {
  const node = firstOf(card)
  return node.kind === 'artifact' ? typeHue(node.type) : undefined
}

function Face({ card, matches }: { card: Card; matches: number | undefined }) {
  if (card.kind === 'run') return <RunFace node={card.node} />
  if (card.kind === 'artifact') return <ArtifactFace node={card.node} />
  return <ClusterFace card={card} matches={matches} />
}

function ArtifactFace({ node }: { node: ArtifactNode }) {
  const many = roomFor(node.aliases)
  const [aliases, rest] = [node.aliases.slice(0, many), node.aliases.slice(many)]
  return (
    <>
      <span className="map-stripe">
        <Icon name={node.deletedAt ? 'trash' : typeIcon(node.type)} size={18} />
      </span>
      <span className="map-words">
        <span className="map-line">
          <span className="type-label map-cut">{node.type}</span>
          <VersionChip version={node.version ?? 'pending'} />
        </span>
        <span className="map-name" title={node.label}>
          {node.label}
        </span>
        <span className="map-line map-aliases">
          {node.deletedAt ? (
            <span className="map-deleted">Deleted {relativeTime(node.deletedAt)}</span>
          ) : aliases.length ? (
            aliases.map((name) => <AliasChip key={name} name={name} />)
          ) : (
            <span className="map-quiet">{relativeTime(node.createdAt)}</span>
          )}
          {rest.length > 0 && (
            <span className="map-quiet" title={rest.join(', ')}>
              +{rest.length}
            </span>
          )}
        </span>
      </span>
    </>
  )
}

const STATE_ICONS: Record<string, IconName> = {
  FINISHED: 'check',
  FAILED: 'close',
  CRASHED: 'close',
  KILLED: 'minus',
  PREEMPTED: 'minus',
  RUNNING: 'run',
}

function RunFace({ node }: { node: RunNode }) {
  return (
    <>
      <span className={`map-state state-${node.state.toLowerCase()}`}>
        <Icon name={node.deletedAt ? 'trash' : (STATE_ICONS[node.state] ?? 'clock')} size={14} />
      </span>
      <span className="map-words">
        <span className="map-name" title={node.label}>
          {node.label}
        </span>
        <span className="map-quiet map-cut">{node.deletedAt ? `run · deleted` : runSubtitle(node)}</span>
      </span>
    </>
  )
}

function ClusterFace({ card, matches }: { card: ClusterCard; matches: number | undefined }) {
  const first = firstOf(card)
  return (
    <>
      <span className="map-stripe">
        <Icon name={first.kind === 'artifact' ? typeIcon(first.type) : 'run'} size={18} />
      </span>
      <span className="map-words">
        <span className="map-line">
          <span className="type-label map-cut">{first.kind === 'artifact' ? first.type : 'Runs'}</span>
          {matches !== undefined && <span className="chip map-matches">{matches} found</span>}
        </span>
        <span className="map-name">{clusterTitle(card)}</span>
        <span className="map-quiet map-cut">{clusterSubtitle(card)}</span>
      </span>
    </>
  )
}
