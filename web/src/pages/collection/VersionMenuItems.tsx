import type { VersionRowFragment } from '../../api/generated/graphql'
import { Icon } from '../../ui/Icon'
import { MenuItem } from '../../ui/Menu'
import type { Asked } from './CollectionDialogs'
import { saveProvenance } from './documents'

interface VersionMenuItemsProps {
  kind: 'REGISTRY' | 'SOURCE'
  version: VersionRowFragment
  ask: (asked: Asked) => void
}

/** What can be done with one version. A registry only links it: it is deleted where it was logged. */
export function VersionMenuItems({ kind, version, ask }: VersionMenuItemsProps) {
  return (
    <>
      <MenuItem onSelect={() => ask({ kind: 'set-alias', version })}>
        <Icon name="alias" /> Set an alias on {version.version}…
      </MenuItem>
      <MenuItem onSelect={() => ask({ kind: 'link', version })}>
        <Icon name="link" /> Link {version.version} to a registry…
      </MenuItem>
      <MenuItem onSelect={() => void saveProvenance(version.artifact)}>
        <Icon name="download" /> Save how {version.version} was made
      </MenuItem>
      {kind === 'REGISTRY' ? (
        <MenuItem danger onSelect={() => ask({ kind: 'unlink', version })}>
          <Icon name="close" /> Unlink {version.version}…
        </MenuItem>
      ) : (
        <MenuItem danger onSelect={() => ask({ kind: 'delete-version', version })}>
          <Icon name="trash" /> Delete {version.version}…
        </MenuItem>
      )}
    </>
  )
}
