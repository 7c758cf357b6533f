import { useState } from 'react'
import { StateChip, VersionChip } from '../../ui/Chip'
import { Icon } from '../../ui/Icon'
import { hasText } from '../filter'
import type { MapNode } from '../model'
import type { ClusterCard } from '../scene'
import type { Dispatch } from '../useView'
import { clusterSubtitle, clusterTitle } from '../words'

const FIRST = 100
/** More cards at once would not be a picture any more. */
const MOST_PULLED = 50

/** The members of a cluster, with a search over them; each can be looked at, and pulled out. */
export function ClusterDetails({ card, dispatch }: { card: ClusterCard; dispatch: Dispatch }) {
  const [text, setText] = useState('')
  const [first, setFirst] = useState(FIRST)
  const found = text.trim() ? card.members.filter((member) => hasText(member, text)) : card.members
  const pull = (members: MapNode[], select?: string) => {
    const ids = members.map(({ id }) => id)
    const rest = card.members.find(({ id }) => !ids.includes(id))
    // The cluster is called by one of its members: by one that stays in it.
    dispatch({ type: 'pullOut', ids, select: select ?? (rest ? `cluster:${rest.id}` : ids[0]!) })
  }
  return (
    <>
      <div className="map-details-title">
        <h2>{clusterTitle(card)}</h2>
      </div>
      <p className="quiet">{clusterSubtitle(card)}. They look alike, so they are drawn as one.</p>
      <label className="map-search">
        <Icon name="search" />
        <span className="visually-hidden">Search in this group</span>
        <input
          type="search"
          placeholder="Search in this group…"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <div className="map-details-actions">
        {found.length > 0 && found.length <= MOST_PULLED && (
          <button type="button" className="button" onClick={() => pull(found)}>
            <Icon name="external" /> Pull out {found.length === card.members.length ? 'all' : `these ${found.length}`}
          </button>
        )}
      </div>
      <ul className="map-members" aria-label="Members">
        {found.slice(0, first).map((member) => (
          <li key={member.id}>
            <button type="button" className="map-neighbour" onClick={() => dispatch({ type: 'select', id: member.id })}>
              <span className={member.deletedAt ? 'map-neighbour-name is-deleted' : 'map-neighbour-name'}>
                {member.label}
              </span>
              {member.kind === 'run' ? (
                <StateChip state={member.state} />
              ) : (
                <VersionChip version={member.version ?? 'pending'} />
              )}
            </button>
            <button
              type="button"
              className="button button-quiet button-icon"
              aria-label={`Pull out ${member.label}`}
              title="Pull out"
              onClick={() => pull([member])}
            >
              <Icon name="external" />
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="quiet">No member has “{text}”.</p>}
      {found.length > first && (
        <button type="button" className="link" onClick={() => setFirst(first + FIRST)}>
          Show more
        </button>
      )}
    </>
  )
}
