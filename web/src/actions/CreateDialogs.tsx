import { useState } from 'react'
import { useLocation } from 'wouter'
import { useMutation } from '../api/hooks'
import type { Visibility } from '../api/generated/graphql'
import { paths } from '../app/paths'
import { Field } from '../ui/Field'
import { say } from '../ui/toast'
import { ActionDialog } from './ActionDialog'
import { fieldError } from './errors'
import { namesIn } from './linkTargets'
import { NameField } from './NameField'
import { CREATE_COLLECTION, CREATE_REGISTRY } from './operations'

/** Makes a registry, and goes there. */
export function CreateRegistryDialog({ onClose }: { onClose: () => void }) {
  const [, navigate] = useLocation()
  const [name, setName] = useState('')
  const [rules, setRules] = useState<RegistryRules>({
    types: '',
    protectedAliases: 'production',
    visibility: 'ORGANIZATION',
  })
  const action = useMutation(CREATE_REGISTRY)
  const submit = () =>
    action.mutate(
      { input: { name: name.trim(), ...rulesInput(rules) } },
      {
        onSuccess: ({ createRegistry: { registry } }) => {
          say(`Registry ${name.trim()} is made`)
          onClose()
          if (registry) navigate(paths.registry(`${registry.organization.name}/${registry.name}`))
        },
      },
    )
  return (
    <ActionDialog
      title="New registry"
      verb="Create registry"
      ready={name.trim() !== ''}
      action={action}
      fields={['name', 'artifactTypes', 'protectedAliases']}
      onSubmit={submit}
      onClose={onClose}
    >
      <NameField value={name} onChange={setName} error={action.error} />
      <RegistryRuleFields rules={rules} setRules={setRules} error={action.error} />
    </ActionDialog>
  )
}

/** What holds in a registry, as it is typed. */
export interface RegistryRules {
  types: string
  protectedAliases: string
  visibility: Visibility
}

export function rulesInput({ types, protectedAliases, visibility }: RegistryRules) {
  const named = namesIn(types)
  return { artifactTypes: named.length > 0 ? named : null, protectedAliases: namesIn(protectedAliases), visibility }
}

interface RegistryRuleFieldsProps {
  rules: RegistryRules
  setRules: (rules: RegistryRules) => void
  error: unknown
}

export function RegistryRuleFields({ rules, setRules, error }: RegistryRuleFieldsProps) {
  return (
    <>
      <Field
        label="Allowed types"
        optional
        error={fieldError(error, 'artifactTypes')}
        hint="Such as model, dataset. None: any type."
      >
        {(control) => (
          <input
            {...control}
            value={rules.types}
            autoComplete="off"
            onChange={(event) => setRules({ ...rules, types: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Protected aliases"
        optional
        error={fieldError(error, 'protectedAliases')}
        hint="Only admins of the registry may move them."
      >
        {(control) => (
          <input
            {...control}
            value={rules.protectedAliases}
            autoComplete="off"
            onChange={(event) => setRules({ ...rules, protectedAliases: event.target.value })}
          />
        )}
      </Field>
      <Field label="Who may see it">
        {(control) => (
          <select
            {...control}
            value={rules.visibility}
            onChange={(event) => setRules({ ...rules, visibility: event.target.value as Visibility })}
          >
            <option value="ORGANIZATION">Everybody in the organization</option>
            <option value="RESTRICTED">Its members only</option>
          </select>
        )}
      </Field>
    </>
  )
}

interface CreateCollectionDialogProps {
  /** Where it is to be: exactly one of these. */
  registry?: { id: string; artifactTypes?: string[] | null | undefined }
  project?: { id: string }
  onClose: () => void
}

/** Makes a collection in a registry or in a project, and goes there. */
export function CreateCollectionDialog({ registry, project, onClose }: CreateCollectionDialogProps) {
  const [, navigate] = useLocation()
  const types = registry?.artifactTypes ?? null
  const [name, setName] = useState('')
  const [type, setType] = useState(types?.[0] ?? 'model')
  const [description, setDescription] = useState('')
  const action = useMutation(CREATE_COLLECTION)
  const submit = () =>
    action.mutate(
      {
        input: {
          name: name.trim(),
          type: type.trim(),
          description: description.trim() || null,
          ...(registry ? { registry: { id: registry.id } } : {}),
          ...(project ? { project: { id: project.id } } : {}),
        },
      },
      {
        onSuccess: ({ createCollection: { collection } }) => {
          say(`Collection ${name.trim()} is made`)
          onClose()
          if (collection) navigate(paths.collection(collection))
        },
      },
    )
  return (
    <ActionDialog
      title="New collection"
      verb="Create collection"
      ready={name.trim() !== '' && type.trim() !== ''}
      action={action}
      fields={['name', 'type', 'description']}
      onSubmit={submit}
      onClose={onClose}
    >
      <NameField value={name} onChange={setName} error={action.error} />
      <Field label="Type" error={fieldError(action.error, 'type')} hint="All its versions have this type.">
        {(control) =>
          types ? (
            <select {...control} value={type} onChange={(event) => setType(event.target.value)}>
              {types.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          ) : (
            <input
              {...control}
              value={type}
              autoComplete="off"
              maxLength={128}
              onChange={(event) => setType(event.target.value)}
            />
          )
        }
      </Field>
      <Field label="Description" optional error={fieldError(action.error, 'description')} hint="In Markdown.">
        {(control) => (
          <textarea
            {...control}
            rows={3}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
    </ActionDialog>
  )
}
