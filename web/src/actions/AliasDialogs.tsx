import { useState } from 'react'
import { useMutation } from '../api/hooks'
import { AliasChip, VersionChip } from '../ui/Chip'
import { Field } from '../ui/Field'
import { say } from '../ui/toast'
import { ActionDialog, givenReason, ReasonField } from './ActionDialog'
import { fieldError } from './errors'
import { REMOVE_ALIAS, SET_ALIAS } from './operations'

/** What is to know of a collection to move its aliases. */
export interface AliasHome {
  id: string
  name: string
  aliases: { name: string; membership: { version: string } }[]
  protectedAliases: string[]
}

/** Where an alias points now, as far as this page knows: what the move must start from. */
export function holderOf(home: AliasHome, alias: string): string | null {
  return home.aliases.find(({ name }) => name === alias)?.membership.version ?? null
}

interface SetAliasDialogProps {
  home: AliasHome
  version: string
  onClose: () => void
}

/** Points an alias at a version; from where this page shows it, and from nowhere else. */
export function SetAliasDialog({ home, version, onClose }: SetAliasDialogProps) {
  const [alias, setAlias] = useState('')
  const [reason, setReason] = useState('')
  const action = useMutation(SET_ALIAS)
  const name = alias.trim()
  const holder = holderOf(home, name)
  const others = home.aliases.filter((each) => each.name !== 'latest' && each.membership.version !== version)
  const submit = () =>
    action.mutate(
      {
        input: {
          collection: { id: home.id },
          alias: name,
          version,
          expectedVersion: holder,
          reason: givenReason(reason),
        },
      },
      {
        onSuccess: () => {
          say(`${name} points at ${version}`)
          onClose()
        },
      },
    )
  return (
    <ActionDialog
      title={`Set an alias on ${version}`}
      verb={holder && holder !== version ? 'Move alias' : 'Set alias'}
      ready={name !== '' && holder !== version}
      action={action}
      fields={['alias', 'expectedVersion']}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label="Alias"
        error={fieldError(action.error, 'alias', 'expectedVersion')}
        hint={<Consequence {...{ home, name, holder, version }} />}
      >
        {(control) => (
          <input
            {...control}
            value={alias}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            maxLength={128}
            onChange={(event) => setAlias(event.target.value)}
          />
        )}
      </Field>
      {others.length > 0 && (
        <div className="chips" role="group" aria-label="Aliases of this collection">
          {others.map((each) => (
            <button key={each.name} type="button" className="chip-button" onClick={() => setAlias(each.name)}>
              <AliasChip name={each.name} locked={home.protectedAliases.includes(each.name)} />
              <span className="quiet">{each.membership.version}</span>
            </button>
          ))}
        </div>
      )}
      <ReasonField value={reason} onChange={setReason} />
    </ActionDialog>
  )
}

function Consequence({
  home,
  name,
  holder,
  version,
}: {
  home: AliasHome
  name: string
  holder: string | null
  version: string
}) {
  if (!name) return <>Such as production or staging; it points at one version at a time.</>
  const locked = home.protectedAliases.includes(name) && ' It is protected: only admins of the registry may move it.'
  if (holder === version) return <>It points at {version} already.</>
  if (holder)
    return (
      <>
        It moves from <VersionChip version={holder} /> to <VersionChip version={version} />.{locked}
      </>
    )
  return (
    <>
      It is new in {home.name}.{locked}
    </>
  )
}

interface RemoveAliasDialogProps {
  home: AliasHome
  alias: string
  onClose: () => void
}

export function RemoveAliasDialog({ home, alias, onClose }: RemoveAliasDialogProps) {
  const [reason, setReason] = useState('')
  const action = useMutation(REMOVE_ALIAS)
  const holder = holderOf(home, alias)
  const submit = () =>
    action.mutate(
      {
        input: {
          collection: { id: home.id },
          alias,
          reason: givenReason(reason),
          ...(holder ? { expectedVersion: holder } : {}),
        },
      },
      {
        onSuccess: () => {
          say(`${alias} is removed`)
          onClose()
        },
      },
    )
  return (
    <ActionDialog
      title={`Remove alias ${alias}`}
      verb="Remove alias"
      danger
      action={action}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        Whoever asks for{' '}
        <code>
          {home.name}:{alias}
        </code>{' '}
        finds nothing from then on
        {holder && (
          <>
            ; it points at <VersionChip version={holder} /> now
          </>
        )}
        .
      </p>
      <ReasonField value={reason} onChange={setReason} />
    </ActionDialog>
  )
}
