import { useLocation } from 'wouter'
import { RemoveAliasDialog, SetAliasDialog } from '../../actions/AliasDialogs'
import { DeleteCollectionDialog, DeleteVersionDialog, UnlinkDialog } from '../../actions/DeleteDialogs'
import { LinkDialog } from '../../actions/LinkDialog'
import { RenameCollectionDialog } from '../../actions/SettingsDialogs'
import type { CollectionHeaderQuery, VersionRowFragment } from '../../api/generated/graphql'
import { paths } from '../../app/paths'

export type CollectionHead = NonNullable<CollectionHeaderQuery['collection']>

/** What somebody has asked to do. */
export type Asked =
  | { kind: 'set-alias' | 'link' | 'unlink' | 'delete-version'; version: VersionRowFragment }
  | { kind: 'remove-alias'; alias: string }
  | { kind: 'rename' | 'delete' }

interface CollectionDialogsProps {
  collection: CollectionHead
  asked: Asked | null
  onClose: () => void
}

/** The form for what was asked, in front of the page. */
export function CollectionDialogs({ collection, asked, onClose }: CollectionDialogsProps) {
  const [, navigate] = useLocation()
  const leave = (href: string) => () => {
    onClose()
    navigate(href)
  }
  const home = { ...collection, protectedAliases: collection.registry?.protectedAliases ?? [] }
  switch (asked?.kind) {
    case 'set-alias':
      return <SetAliasDialog home={home} version={asked.version.version} onClose={onClose} />
    case 'remove-alias':
      return <RemoveAliasDialog home={home} alias={asked.alias} onClose={onClose} />
    case 'link':
      return <LinkDialog artifact={asked.version.artifact} onClose={onClose} />
    case 'unlink':
      return (
        <UnlinkDialog
          collection={collection}
          version={asked.version}
          onDone={leave(paths.collection(collection))}
          onClose={onClose}
        />
      )
    case 'delete-version':
      return (
        <DeleteVersionDialog
          artifact={asked.version.artifact}
          onDone={leave(paths.collection(collection))}
          onClose={onClose}
        />
      )
    case 'rename':
      return <RenameCollectionDialog collection={collection} onClose={onClose} />
    case 'delete': {
      const { registry, project } = collection
      const up = registry
        ? paths.registry(`${registry.organization.name}/${registry.name}`)
        : paths.project(project!.path, 'artifacts')
      const doomed = { ...collection, versionCount: collection.versions.totalCount }
      return <DeleteCollectionDialog collection={doomed} onDone={leave(up)} onClose={onClose} />
    }
    default:
      return null
  }
}
