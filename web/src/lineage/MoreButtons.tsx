import { formatCount } from '../ui/format'
import { Icon } from '../ui/Icon'
import { useControls } from './marks'
import { nodeName, type Side } from './model'
import type { Card } from './scene'

/** The server counts neighbours up to here. */
const COUNTED = 1_000
const SIDES: Side[] = ['inputs', 'outputs']

interface MoreButtonsProps {
  card: Card
  opening: Set<string>
  /** Whether the Tab key reaches them. */
  reachable: boolean
}

/** At the lower corners of a card: how many neighbours are not shown, to open them, and to put away those that are. */
export function MoreButtons({ card, opening, reachable }: MoreButtonsProps) {
  const { dispatch, keepInPlace } = useControls()
  const name = card.kind === 'cluster' ? '' : nodeName(card.node)
  const act = (type: 'expand' | 'collapse', side: Side) => {
    if (card.kind === 'cluster') return
    keepInPlace(card.id)
    dispatch({ type, id: card.node.id, side })
  }
  return SIDES.map((side) => {
    const many = card.more[side]
    const busy = opening.has(`${card.id}:${side}`)
    const chevron = <Icon name={side === 'inputs' ? 'chevron-left' : 'chevron-right'} size={12} />
    const count = many > COUNTED ? `${COUNTED}+` : `+${many}`
    // What a cluster has more of belongs to its members, which are to be pulled out for it.
    if (card.kind === 'cluster') {
      return many ? (
        <span key={side} className={`map-more-place map-more-${side}`} title={`${formatCount(many, 'edge')} more from its members`}>
          <span className="map-more">
            <span className="map-pill map-pill-text">
              {side === 'inputs' && chevron}
              {count}
              {side === 'outputs' && chevron}
            </span>
          </span>
        </span>
      ) : null
    }
    return (
      <span key={side} className={`map-more-place map-more-${side}`}>
        {many > 0 && (
          <button
            type="button"
            className="map-more"
            tabIndex={reachable ? 0 : -1}
            aria-label={`Show ${formatCount(many, side === 'inputs' ? 'more input' : 'more output')} of ${name}`}
            aria-busy={busy}
            disabled={busy}
            onClick={() => act('expand', side)}
          >
            <span className="map-pill">
              {side === 'inputs' && chevron}
              {busy ? <span className="map-busy" /> : count}
              {side === 'outputs' && chevron}
            </span>
          </button>
        )}
        {card.collapsible[side] && (
          <button
            type="button"
            className="map-more map-less"
            tabIndex={reachable ? 0 : -1}
            aria-label={`Put away the ${side} of ${name}`}
            title={`Put away the ${side}`}
            onClick={() => act('collapse', side)}
          >
            <span className="map-pill">
              <Icon name="minus" size={12} />
            </span>
          </button>
        )}
      </span>
    )
  })
}
