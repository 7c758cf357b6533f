import { formatCount } from '../ui/format'
import { Icon } from '../ui/Icon'
import { useControls } from './marks'
import { nodeName, type Side } from './model'
import type { Card } from './scene'

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
    keepInPlace(card.id)
    dispatch({ type, id: card.id, side })
  }
  return SIDES.map((side) => {
    const many = card.more[side]
    const least = card.uncounted[side]
    const busy = opening.has(`${card.id}:${side}`)
    // What a cluster has more of belongs to its members, which are to be pulled out for it.
    const open = card.kind !== 'cluster' && (busy || !card.asked[side])
    const words = `${least ? 'at least ' : ''}${formatCount(many, side === 'inputs' ? 'more input' : 'more output')}`
    return (
      <span key={side} className={`map-more-place map-more-${side}`}>
        {many > 0 && open && (
          <button
            type="button"
            className="map-more"
            tabIndex={reachable ? 0 : -1}
            aria-label={`Show ${words} of ${name}`}
            aria-busy={busy}
            disabled={busy}
            onClick={() => act('expand', side)}
          >
            <Count side={side} many={many} least={least} busy={busy} />
          </button>
        )}
        {many > 0 && !open && (
          <span
            className="map-more is-text"
            title={card.kind === 'cluster' ? `Its members have ${words}` : `It has ${words}`}
          >
            <Count side={side} many={many} least={least} busy={false} />
          </span>
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

interface CountProps {
  side: Side
  many: number
  least: boolean
  busy: boolean
}

function Count({ side, many, least, busy }: CountProps) {
  const count = least ? `${many}+` : `+${many}`
  return (
    <span className="map-pill">
      {side === 'inputs' && <Icon name="chevron-left" size={12} />}
      {busy ? <span className="map-busy" /> : count}
      {side === 'outputs' && <Icon name="chevron-right" size={12} />}
    </span>
  )
}
