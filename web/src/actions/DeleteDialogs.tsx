import { useState, type ReactNode } from 'react'
import { useMutation } from '../api/hooks'
import { formatCount, shortName } from '../ui/format'
import { Field } from '../ui/Field'
import { say } from '../ui/toast'
import { ActionDialog, givenReason, ReasonField } from './ActionDialog'
import { DELETE_ARTIFACT, DELETE_COLLECTION, DELETE_RUN, UNLINK } from './operations'

interface ConfirmProps {
  title: string
  verb: string
  /** What has to be typed, since it can't be undone; nothing for what can. */
  typed?: string
  action: { isPending: boolean; error: unknown }
  onConfirm: (reason: string | null) => void
  onClose: () => void
  children: ReactNode
}

/** A change that takes something away: what goes with it, the reason, and for what can't be undone its name to type. */
function Confirm({ title, verb, typed, action, onConfirm, onClose, children }: ConfirmProps) {
  const [text, setText] = useState('')
  const [reason, setReason] = useState('')
  return (
    <ActionDialog
      title={title}
      verb={verb}
      danger
      ready={typed === undefined || text.trim() === typed}
      action={action}
      onSubmit={() => onConfirm(givenReason(reason))}
      onClose={onClose}
    >
      {children}
      <ReasonField value={reason} onChange={setReason} />
      {typed !== undefined && (
        <Field label={`Type ${typed} to confirm`}>
          {(control) => (
            <input
              {...control}
              value={text}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      )}
    </ActionDialog>
  )
}

interface UnlinkDialogProps {
  collection: { id: string; path: string }
  version: { version: string; aliases: { name: string }[]; artifact: { id: string; name: string } }
  onDone: () => void
  onClose: () => void
}

/** Takes a version out of a registry's collection. */
export function UnlinkDialog({ collection, version, onDone, onClose }: UnlinkDialogProps) {
  const held = version.aliases.map(({ name }) => name).filter((name) => name !== 'latest')
  const action = useMutation(UNLINK, () => {
    say(`${version.version} is unlinked`)
    onDone()
  })
  const confirm = (reason: string | null) =>
    action.mutate({ input: { collection: { id: collection.id }, artifact: { id: version.artifact.id }, reason } })
  return (
    <Confirm
      title={`Unlink ${version.version}`}
      verb="Unlink version"
      action={action}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        <code>{version.artifact.name}</code> goes out of <strong>{collection.path}</strong>
        {held.length > 0 && (
          <>
            {' '}
            and loses the {held.length === 1 ? 'alias' : 'aliases'} {held.join(', ')} here
          </>
        )}
        . It stays where it was logged; the number {version.version} is not used again.
      </p>
    </Confirm>
  )
}

interface DeleteVersionDialogProps {
  artifact: { id: string; name: string; aliases: { name: string; collection: { path: string } }[] }
  onDone: () => void
  onClose: () => void
}

/** Deletes a version everywhere. Its aliases go with it: so they are named here. */
export function DeleteVersionDialog({ artifact, onDone, onClose }: DeleteVersionDialogProps) {
  const held = artifact.aliases.filter(({ name }) => name !== 'latest')
  const short = shortName(artifact.name)
  const action = useMutation(DELETE_ARTIFACT, () => {
    say(`${short} is deleted`)
    onDone()
  })
  const confirm = (reason: string | null) =>
    action.mutate({ input: { artifact: { id: artifact.id }, deleteAliases: held.length > 0, reason } })
  return (
    <Confirm
      title={`Delete ${short}`}
      verb="Delete version"
      typed={short}
      action={action}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        <code>{artifact.name}</code> goes out of all collections, and its files are no longer kept. It stays in every
        lineage as a tombstone.
      </p>
      {held.length > 0 && (
        <div className="note note-warn">
          <div>
            <p>These aliases go with it:</p>
            <ul className="plain-list">
              {held.map(({ name, collection }) => (
                <li key={`${collection.path}:${name}`}>
                  <code>
                    {collection.path}:{name}
                  </code>
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </Confirm>
  )
}

interface DeleteCollectionDialogProps {
  collection: { id: string; name: string; path: string; kind: 'REGISTRY' | 'SOURCE'; versionCount: number }
  onDone: () => void
  onClose: () => void
}

export function DeleteCollectionDialog({ collection, onDone, onClose }: DeleteCollectionDialogProps) {
  const action = useMutation(DELETE_COLLECTION, () => {
    say(`${collection.path} is deleted`)
    onDone()
  })
  const confirm = (reason: string | null) => action.mutate({ input: { collection: { id: collection.id }, reason } })
  const versions = formatCount(collection.versionCount, 'version')
  return (
    <Confirm
      title={`Delete ${collection.name}`}
      verb="Delete collection"
      typed={collection.name}
      action={action}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        {collection.kind === 'REGISTRY' ? (
          <>
            Its {versions} are unlinked and stay where they were logged. Aliases such as{' '}
            <code>{collection.path}:production</code> are no longer found.
          </>
        ) : (
          <>Its {versions} are deleted with it, also where they are linked. They stay in every lineage as tombstones.</>
        )}
      </p>
    </Confirm>
  )
}

interface DeleteRunDialogProps {
  run: { id: string; name: string; displayName: string }
  onDone: () => void
  onClose: () => void
}

export function DeleteRunDialog({ run, onDone, onClose }: DeleteRunDialogProps) {
  const action = useMutation(DELETE_RUN, () => {
    say(`${run.displayName} is deleted`)
    onDone()
  })
  const confirm = (reason: string | null) => action.mutate({ input: { run: { id: run.id }, reason } })
  return (
    <Confirm
      title={`Delete ${run.displayName}`}
      verb="Delete run"
      typed={run.name}
      action={action}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>The run goes out of its project. What it logged stays, and in every lineage it stays as a tombstone.</p>
    </Confirm>
  )
}
