import { useRef } from 'react'
import type { EventKind } from '../../api/generated/graphql'
import type { Place } from '../filters'
import { kindGroups, KINDS, type KindGroup } from '../kinds'
import { SetFilter } from './SetFilter'

interface KindFilterProps {
  place: Place['kind']
  value: EventKind[]
  /** `again`: what was chosen before, in the same opening of the panel, is no step for the back button. */
  onChange: (kinds: EventKind[], again: boolean) => void
}

/** Which kinds of events are shown: any number of them, one by one or a group at a time. */
export function KindFilter({ place, value, onChange }: KindFilterProps) {
  const words = value.length === 1 ? KINDS[value[0]!].label : `${value.length} kinds`
  return (
    <SetFilter icon="filter" name="Kind" value={value.length > 0 ? words : null} clear={() => onChange([], false)}>
      {() => <KindChoices place={place} value={value} onChange={onChange} />}
    </SetFilter>
  )
}

function KindChoices({ place, value, onChange }: KindFilterProps) {
  const changed = useRef(false)
  const chosen = new Set(value)
  const choose = (kinds: EventKind[], on: boolean) => {
    const next = new Set(value)
    kinds.forEach((kind) => (on ? next.add(kind) : next.delete(kind)))
    onChange([...next], changed.current)
    changed.current = true
  }
  return (
    <div className="kind-choices">
      {kindGroups(place).map(([group, kinds]) => (
        <KindChoiceGroup key={group} group={group} kinds={kinds} chosen={chosen} choose={choose} />
      ))}
    </div>
  )
}

interface GroupProps {
  group: KindGroup
  kinds: EventKind[]
  chosen: Set<EventKind>
  choose: (kinds: EventKind[], on: boolean) => void
}

function KindChoiceGroup({ group, kinds, chosen, choose }: GroupProps) {
  const count = kinds.filter((kind) => chosen.has(kind)).length
  return (
    <fieldset>
      <legend>
        <label className="check">
          <input
            type="checkbox"
            checked={count === kinds.length}
            ref={(box) => {
              if (box) box.indeterminate = count > 0 && count < kinds.length
            }}
            onChange={(event) => choose(kinds, event.target.checked)}
          />
          {group}
        </label>
      </legend>
      {kinds.length > 1 &&
        kinds.map((kind) => (
          <label key={kind} className="check">
            <input
              type="checkbox"
              checked={chosen.has(kind)}
              onChange={(event) => choose([kind], event.target.checked)}
            />
            {KINDS[kind].label}
          </label>
        ))}
    </fieldset>
  )
}
