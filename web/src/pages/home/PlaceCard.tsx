import { Link } from 'wouter'
import { Icon, type IconName } from '../../ui/Icon'
import { Time } from '../../ui/Time'

interface PlaceCardProps {
  href: string
  icon: IconName
  /** The name without its owner. */
  name: string
  owner: string
  description: string | null | undefined
  counts: string[]
  restricted: boolean
  /** When something last happened there. */
  active: string
}

/** A registry or a project, as one looks for it. */
export function PlaceCard({ href, icon, name, owner, description, counts, restricted, active }: PlaceCardProps) {
  return (
    <Link className="card place-card" href={href}>
      <span className="place-icon">
        <Icon name={icon} size={18} />
      </span>
      <span className="place-name">
        <h3>{name}</h3>
        <span className="quiet">{owner}</span>
      </span>
      {restricted && (
        <span className="place-lock" title="Only members see it">
          <Icon name="lock" size={14} />
          <span className="visually-hidden">Only members see it</span>
        </span>
      )}
      <p className="place-about">{description?.split('\n')[0]}</p>
      <p className="place-facts quiet">
        <span>{counts.join(' · ')}</span>
        <span className="place-active" title="Last activity">
          <Icon name="clock" size={13} />
          <span className="visually-hidden">Last activity</span> <Time at={active} />
        </span>
      </p>
    </Link>
  )
}

/** The outline of cards that are on their way. */
export function PlaceCardSkeletons({ count = 3 }: { count?: number }) {
  return (
    <div className="card-grid" role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, index) => (
        <span key={index} className="card place-card bone" />
      ))}
    </div>
  )
}
