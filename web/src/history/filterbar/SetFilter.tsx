import type { ReactNode } from 'react'
import { Icon, type IconName } from '../../ui/Icon'
import { Popover } from '../../ui/Popover'

interface SetFilterProps {
  icon: IconName
  /** What the filter is called: "Person". */
  name: string
  /** What it is set to, in words; null: it is not. */
  value: string | null
  /** What its button says then, where that is more than the words. */
  shown?: string
  clear: () => void
  children: (close: () => void) => ReactNode
}

/** A filter: a button that opens its choices, and once it is set another that takes it away. */
export function SetFilter({ icon, name, value, shown = value ?? name, clear, children }: SetFilterProps) {
  const isSet = value !== null
  return (
    <div className={isSet ? 'filter filter-set' : 'filter'}>
      <Popover
        label={isSet ? `${name}: ${value}` : name}
        className={isSet ? 'button button-small filter-on' : 'button button-small'}
        button={
          <>
            <Icon name={icon} size={14} />
            <span className="filter-text">{shown}</span>
            {!isSet && <Icon name="chevron-down" size={12} />}
          </>
        }
      >
        {children}
      </Popover>
      {isSet && (
        <button
          type="button"
          className="button button-small filter-clear"
          aria-label={`Clear filter: ${name}`}
          title="Clear"
          onClick={clear}
        >
          <Icon name="close" size={14} />
        </button>
      )}
    </div>
  )
}
