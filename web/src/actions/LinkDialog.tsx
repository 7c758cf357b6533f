import { useState } from 'react'
import { useMutation, useQuery } from '../api/hooks'
import { paths } from '../app/paths'
import { Field } from '../ui/Field'
import { shortName } from '../ui/format'
import { Icon } from '../ui/Icon'
import { say } from '../ui/toast'
import { useDebounced } from '../ui/useDebounced'
import { useListbox } from '../ui/useListbox'
import { ActionDialog, givenReason, ReasonField } from './ActionDialog'
import { fieldError } from './errors'
import { linkTargets, namesIn, type LinkTarget } from './linkTargets'
import { LINK, LINK_TARGETS } from './operations'

interface LinkDialogProps {
  artifact: { id: string; name: string; type: string }
  onClose: () => void
}

/** Links a version into a registry's collection: one that is there, or a new one. */
export function LinkDialog({ artifact, onClose }: LinkDialogProps) {
  const [target, setTarget] = useState<LinkTarget | null>(null)
  const [aliases, setAliases] = useState('')
  const [reason, setReason] = useState('')
  const action = useMutation(LINK)
  const submit = () =>
    action.mutate(
      {
        input: {
          artifact: { id: artifact.id },
          collection: { name: target!.path },
          aliases: namesIn(aliases),
          reason: givenReason(reason),
        },
      },
      {
        onSuccess: ({ linkArtifact: { membership } }) => {
          if (membership) {
            const place = { path: membership.collection.path, kind: 'REGISTRY' as const }
            say(`Linked as ${membership.name}`, paths.version(place, membership.version))
          }
          onClose()
        },
      },
    )
  const locked = namesIn(aliases).filter((alias) => target?.protectedAliases.includes(alias))
  return (
    <ActionDialog
      title={`Link ${shortName(artifact.name)} to a registry`}
      verb="Link version"
      ready={target !== null}
      action={action}
      fields={['collection', 'type', 'aliases', 'alias']}
      onSubmit={submit}
      onClose={onClose}
    >
      <TargetField
        type={artifact.type}
        target={target}
        setTarget={setTarget}
        error={fieldError(action.error, 'collection', 'type')}
      />
      <Field
        label="Aliases"
        optional
        error={fieldError(action.error, 'aliases', 'alias')}
        hint={
          locked.length > 0 ? (
            <>
              <Icon name="lock" size={12} /> {locked.join(', ')}: protected, only admins of the registry may move it.
            </>
          ) : (
            'Separated by commas. latest comes by itself.'
          )
        }
      >
        {(control) => (
          <input
            {...control}
            value={aliases}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setAliases(event.target.value)}
          />
        )}
      </Field>
      <ReasonField value={reason} onChange={setReason} />
    </ActionDialog>
  )
}

interface TargetFieldProps {
  type: string
  target: LinkTarget | null
  setTarget: (target: LinkTarget | null) => void
  error: string | null
}

/** The collection, found by a part of its name. The list stands in the flow: a dialog would cut off what hangs over it. */
function TargetField({ type, target, setTarget, error }: TargetFieldProps) {
  const [text, setText] = useState('')
  const wanted = useDebounced(text.trim())
  const { data } = useQuery(LINK_TARGETS, { type, text: wanted || null }, { keepPrevious: true })
  const options = target || !data ? [] : linkTargets(data, type, text.trim())
  const pick = (index: number) => {
    setTarget(options[index]!)
    setText(options[index]!.path)
  }
  const listbox = useListbox(options.length, pick)
  return (
    <Field
      label="Collection"
      error={error}
      hint={data && !target && options.length === 0 ? `No registry takes the type ${type}.` : undefined}
    >
      {(control) => (
        <>
          <input
            {...control}
            {...listbox.field}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            placeholder="Search, or type a new name"
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              setTarget(null)
            }}
            onKeyDown={listbox.onKeyDown}
          />
          {options.length > 0 && (
            <ul {...listbox.list} className="option-list" aria-label="Collections">
              {options.map((option, index) => (
                <li key={option.path} {...listbox.option(index)}>
                  <Icon name={option.isNew ? 'plus' : 'collection'} />
                  <span>{option.path}</span>
                  {option.isNew && <span className="quiet">new collection</span>}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Field>
  )
}
