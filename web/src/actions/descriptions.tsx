import { useMutation } from '../api/hooks'
import { Description } from './Description'
import { UPDATE_ARTIFACT, UPDATE_COLLECTION, UPDATE_PROJECT, UPDATE_REGISTRY, UPDATE_RUN } from './operations'

interface DescribedProps {
  id: string
  text: string | null | undefined
}

export function ArtifactDescription({ id, text }: DescribedProps) {
  const update = useMutation(UPDATE_ARTIFACT)
  const to = (description: string, onSuccess: () => void) =>
    update.mutate({ input: { artifact: { id }, description } }, { onSuccess })
  return <Description label="About this version" text={text} save={{ ...update, to }} />
}

export function CollectionDescription({ id, text }: DescribedProps) {
  const update = useMutation(UPDATE_COLLECTION)
  const to = (description: string, onSuccess: () => void) =>
    update.mutate({ input: { collection: { id }, description } }, { onSuccess })
  return <Description label="About this collection" text={text} save={{ ...update, to }} />
}

export function RegistryDescription({ id, text }: DescribedProps) {
  const update = useMutation(UPDATE_REGISTRY)
  const to = (description: string, onSuccess: () => void) =>
    update.mutate({ input: { registry: { id }, description } }, { onSuccess })
  return <Description label="About this registry" text={text} save={{ ...update, to }} />
}

export function ProjectDescription({ id, text }: DescribedProps) {
  const update = useMutation(UPDATE_PROJECT)
  const to = (description: string, onSuccess: () => void) =>
    update.mutate({ input: { project: { id }, description } }, { onSuccess })
  return <Description label="About this project" text={text} save={{ ...update, to }} />
}

export function RunNotes({ id, text }: DescribedProps) {
  const update = useMutation(UPDATE_RUN)
  const to = (notes: string, onSuccess: () => void) => update.mutate({ input: { run: { id }, notes } }, { onSuccess })
  return <Description label="Notes" empty="No notes yet." text={text} save={{ ...update, to }} />
}
