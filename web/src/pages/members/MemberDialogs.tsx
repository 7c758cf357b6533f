import { useId, useState } from 'react'
import { ActionDialog } from '../../actions/ActionDialog'
import { fieldError } from '../../actions/errors'
import { REMOVE_MEMBER, SET_MEMBER } from '../../actions/operations'
import type { MemberRowFragment, Role, ScopeInput } from '../../api/generated/graphql'
import { useMutation } from '../../api/hooks'
import { usePeople } from '../../api/people'
import { Field } from '../../ui/Field'
import { inWords } from '../../ui/format'
import { say } from '../../ui/toast'
import { MAY, ROLES } from './roles'

/** Where somebody has a role: what the server calls it, and what people do. */
export interface MembersPlace {
  scope: ScopeInput
  name: string
}

interface SetMemberDialogProps {
  place: MembersPlace
  /** Whose role is another now; null: somebody gets one, who is named here. */
  member: MemberRowFragment | null
  onClose: () => void
}

/** Gives somebody a role, or another than the one that they have. */
export function SetMemberDialog({ place, member, onClose }: SetMemberDialogProps) {
  const [name, setName] = useState(member?.entity.name ?? '')
  const [role, setRole] = useState<Role>(member?.role ?? 'MEMBER')
  const people = usePeople()
  const list = useId()
  const action = useMutation(SET_MEMBER)
  const who = name.trim()
  const submit = () =>
    action.mutate(
      { input: { scope: place.scope, entity: { name: who }, role } },
      {
        onSuccess: () => {
          say(`${who} has the role ${inWords(role)} in ${place.name}`)
          onClose()
        },
      },
    )
  return (
    <ActionDialog
      title={member ? `Role of ${who} in ${place.name}` : `Add a member to ${place.name}`}
      verb={member ? 'Change role' : 'Add member'}
      ready={who !== '' && role !== member?.role}
      action={action}
      fields={['entity']}
      onSubmit={submit}
      onClose={onClose}
    >
      {!member && (
        <Field
          label="Name"
          error={fieldError(action.error, 'entity')}
          hint="Of a user or a team, as it stands in paths."
        >
          {(control) => (
            <>
              <input
                {...control}
                list={list}
                value={name}
                autoComplete="off"
                spellCheck={false}
                maxLength={128}
                onChange={(event) => setName(event.target.value)}
              />
              <datalist id={list}>
                {people?.map((person) => (
                  <option key={person.name} value={person.name}>
                    {person.displayName}
                  </option>
                ))}
              </datalist>
            </>
          )}
        </Field>
      )}
      <Field label="Role" hint={`May ${MAY[role]}.`}>
        {(control) => (
          <select {...control} value={role} onChange={(event) => setRole(event.target.value as Role)}>
            {ROLES.map((each) => (
              <option key={each} value={each}>
                {inWords(each)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </ActionDialog>
  )
}

interface RemoveMemberDialogProps {
  place: MembersPlace
  member: MemberRowFragment
  onClose: () => void
}

export function RemoveMemberDialog({ place, member: { entity, role }, onClose }: RemoveMemberDialogProps) {
  const action = useMutation(REMOVE_MEMBER)
  const submit = () =>
    action.mutate(
      { input: { scope: place.scope, entity: { name: entity.name } } },
      {
        onSuccess: () => {
          say(`${entity.name} has no role of their own in ${place.name} now`)
          onClose()
        },
      },
    )
  return (
    <ActionDialog
      title={`Remove ${entity.name} from ${place.name}`}
      verb="Remove member"
      danger
      action={action}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        {entity.displayName ?? entity.name} has the role {inWords(role)} here, and will have none. What they may do by a
        team or by the organization stays.
      </p>
    </ActionDialog>
  )
}
