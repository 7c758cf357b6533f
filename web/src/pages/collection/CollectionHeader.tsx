import { Link, useLocation } from 'wouter'
import { TagEditor } from '../../actions/TagEditor'
import { paths, type CollectionPlace } from '../../app/paths'
import { AliasChip, TypeLabel, VersionChip } from '../../ui/Chip'
import { formatCount } from '../../ui/format'
import { typeHue } from '../../ui/hues'
import { Icon, typeIcon } from '../../ui/Icon'
import { Menu, MenuItem, MenuLink, MenuSeparator } from '../../ui/Menu'
import { ShownInPart } from '../../ui/ShownInPart'
import { Breadcrumbs } from '../Loading'
import { isVersionTab, type CollectionTab } from './address'
import type { Asked, CollectionHead } from './CollectionDialogs'
import { VersionMenuItems } from './VersionMenuItems'
import { VersionPicker } from './VersionPicker'

const SHOWN_ALIASES = 12

interface CollectionHeaderProps {
  collection: CollectionHead
  tab: CollectionTab
  /** What the address names, when it is not there. */
  missing: string | null
  ask: (asked: Asked) => void
}

/** What a collection is, which of its versions is shown, and what can be done with it. */
export function CollectionHeader({ collection, tab, missing, ask }: CollectionHeaderProps) {
  const [, navigate] = useLocation()
  const { shown } = collection
  const pick = (version: string) => navigate(paths.version(collection, version, isVersionTab(tab) ? tab : 'overview'))
  return (
    <header className="collection-header">
      <CollectionBreadcrumbs collection={collection} />
      <div className="title-row">
        <div className="title-name">
          <span className="title-icon" data-hue={typeHue(collection.type)}>
            <Icon name={typeIcon(collection.type)} size={20} />
          </span>
          <h1>{collection.name}</h1>
          <Menu
            label={`Actions on ${collection.name}`}
            button={<Icon name="chevron-down" />}
            className="button button-icon"
          >
            <MenuLink href={paths.collection(collection, 'history', shown?.version)}>
              <Icon name="history" /> Action history
            </MenuLink>
            <MenuSeparator />
            {shown && (
              <>
                <VersionMenuItems kind={collection.kind} version={shown} ask={ask} />
                <MenuSeparator />
              </>
            )}
            <MenuItem onSelect={() => ask({ kind: 'rename' })}>
              <Icon name="edit" /> Rename the collection…
            </MenuItem>
            <MenuItem danger onSelect={() => ask({ kind: 'delete' })}>
              <Icon name="trash" /> Delete the collection…
            </MenuItem>
          </Menu>
        </div>
        {collection.versions.totalCount > 0 && (
          <VersionPicker
            collectionId={collection.id}
            version={shown?.version ?? missing}
            aliases={shown?.aliases.map(({ name }) => name) ?? []}
            onPick={pick}
          />
        )}
      </div>
      <div className="collection-facts">
        <TypeLabel type={collection.type} />
        <span className="quiet">{formatCount(collection.versions.totalCount, 'version')}</span>
        <CollectionAliases collection={collection} />
        <TagEditor tags={collection.tags} on={{ collection: { id: collection.id } }} />
      </div>
    </header>
  )
}

function CollectionBreadcrumbs({ collection: { registry, project, name } }: { collection: CollectionHead }) {
  return (
    <Breadcrumbs>
      {registry && (
        <>
          <Link href={paths.home}>Registries</Link>
          <Link href={paths.registry(`${registry.organization.name}/${registry.name}`)}>{registry.name}</Link>
        </>
      )}
      {project && (
        <>
          <Link href={paths.project(project.path)}>{project.path}</Link>
          <Link href={paths.project(project.path, 'artifacts')}>Artifacts</Link>
        </>
      )}
      <span aria-current="page">{name}</span>
    </Breadcrumbs>
  )
}

/** Where each alias of the collection points now. */
function CollectionAliases({ collection }: { collection: CollectionHead }) {
  if (collection.aliases.length === 0) return null
  const place: CollectionPlace = collection
  return (
    <ul className="alias-list" aria-label="Aliases">
      <ShownInPart items={collection.aliases} limit={SHOWN_ALIASES}>
        {({ name, membership: { version } }) => (
          <li key={name}>
            <Link href={paths.version(place, version)} aria-label={`${name} is ${version}`}>
              <AliasChip name={name} locked={collection.registry?.protectedAliases.includes(name) ?? false} />
              <VersionChip version={version} />
            </Link>
          </li>
        )}
      </ShownInPart>
    </ul>
  )
}
