import { useState } from 'react'
import { useLocation } from 'wouter'
import { useMutation } from '../api/hooks'
import type { Visibility } from '../api/generated/graphql'
import { paths } from '../app/paths'
import { say } from '../ui/toast'
import { ActionDialog } from './ActionDialog'
import { RegistryRuleFields, rulesInput, type RegistryRules } from './CreateDialogs'
import { NameField } from './NameField'
import { UPDATE_COLLECTION, UPDATE_REGISTRY } from './operations'

interface RegistrySettingsDialogProps {
  registry: {
    id: string
    name: string
    artifactTypes?: string[] | null | undefined
    protectedAliases: string[]
    visibility: Visibility
  }
  onClose: () => void
}

/** A registry's name and what holds in it. */
export function RegistrySettingsDialog({ registry, onClose }: RegistrySettingsDialogProps) {
  const [, navigate] = useLocation()
  const [name, setName] = useState(registry.name)
  const [rules, setRules] = useState<RegistryRules>({
    types: registry.artifactTypes?.join(', ') ?? '',
    protectedAliases: registry.protectedAliases.join(', '),
    visibility: registry.visibility,
  })
  const action = useMutation(UPDATE_REGISTRY)
  const submit = () =>
    action.mutate(
      {
        input: {
          registry: { id: registry.id },
          ...rulesInput(rules),
          ...(name.trim() === registry.name ? {} : { name: name.trim() }),
        },
      },
      {
        onSuccess: ({ updateRegistry: { registry: changed } }) => {
          say('The registry is changed')
          onClose()
          if (changed && changed.name !== registry.name)
            navigate(paths.registry(`${changed.organization.name}/${changed.name}`), { replace: true })
        },
      },
    )
  return (
    <ActionDialog
      title={`Settings of ${registry.name}`}
      verb="Save"
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

interface RenameCollectionDialogProps {
  collection: { id: string; name: string; kind: 'REGISTRY' | 'SOURCE' }
  onClose: () => void
}

export function RenameCollectionDialog({ collection, onClose }: RenameCollectionDialogProps) {
  const [, navigate] = useLocation()
  const [name, setName] = useState(collection.name)
  const action = useMutation(UPDATE_COLLECTION)
  const submit = () =>
    action.mutate(
      { input: { collection: { id: collection.id }, name: name.trim() } },
      {
        onSuccess: ({ updateCollection: { collection: renamed } }) => {
          say(`${collection.name} is ${name.trim()} now`)
          onClose()
          if (renamed) navigate(paths.collection({ path: renamed.path, kind: collection.kind }), { replace: true })
        },
      },
    )
  return (
    <ActionDialog
      title={`Rename ${collection.name}`}
      verb="Rename"
      ready={name.trim() !== '' && name.trim() !== collection.name}
      action={action}
      fields={['name']}
      onSubmit={submit}
      onClose={onClose}
    >
      <NameField
        label="New name"
        hint="The old name goes on meaning this collection."
        value={name}
        onChange={setName}
        error={action.error}
      />
    </ActionDialog>
  )
}
