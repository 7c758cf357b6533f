import { StateChip, TypeLabel } from '../../ui/Chip'
import { Icon } from '../../ui/Icon'
import type { SearchHit } from './hits'
import './search.css'

/** One thing that was found. */
export function Hit({ hit }: { hit: SearchHit }) {
  return (
    <span className="hit">
      <Icon name={hit.icon} />
      <span className="hit-words">
        <span className="hit-title">{hit.title}</span>
        <span className="quiet">{hit.place}</span>
      </span>
      {hit.type && <TypeLabel type={hit.type} />}
      {hit.state && <StateChip state={hit.state} />}
    </span>
  )
}
