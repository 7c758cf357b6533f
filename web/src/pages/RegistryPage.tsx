import { useState } from 'react'
import { Link, Redirect, useSearch } from 'wouter'
import { RegistryDescription } from '../actions/descriptions'
import { RegistrySettingsDialog } from '../actions/SettingsDialogs'
import { useQuery } from '../api/hooks'
import type { RegistryPageQuery } from '../api/generated/graphql'
import { paths } from '../app/paths'
import { useTitle } from '../app/useTitle'
import { ActionHistory } from '../history/ActionHistory'
import { AliasChip, TypeLabel } from '../ui/Chip'
import { Icon } from '../ui/Icon'
import { Menu, MenuItem, MenuLink, MenuSeparator } from '../ui/Menu'
import { Empty } from '../ui/Note'
import { Person } from '../ui/Person'
import { Tabs } from '../ui/Tabs'
import { Time } from '../ui/Time'
import { Collections } from './Collections'
import { Breadcrumbs, isNotFound, Missing } from './Loading'
import NotFoundPage from './NotFoundPage'
import { Members } from './members/Members'
import { REGISTRY, REGISTRY_COLLECTIONS } from './registry/operations'

type Registry = NonNullable<RegistryPageQuery['registry']>

type Tab = 'collections' | 'members' | 'history'

const TABS: readonly string[] = ['collections', 'members', 'history'] satisfies Tab[]

/** A registry: its collections, who has which role in it, what was done there. */
export default function RegistryPage({ path, tab }: { path: string; tab: string }) {
  // Another registry begins anew: what was being written about the former one is not for it.
  return TABS.includes(tab) ? <Registered key={path} path={path} tab={tab as Tab} /> : <NotFoundPage />
}

function Registered({ path, tab }: { path: string; tab: Tab }) {
  const search = useSearch()
  const { data, error, refetch } = useQuery(REGISTRY, { ref: { name: path } })
  const registry = data?.registry
  useTitle(tab === 'history' ? 'Action history' : null, registry?.name ?? path)
  if (!registry || isNotFound(error)) return <Missing error={error} retry={refetch} what="registry" />
  const own = `${registry.organization.name}/${registry.name}`
  if (own !== path) {
    const to = paths.registry(own, tab === 'collections' ? undefined : tab)
    return <Redirect to={search ? `${to}?${search}` : to} replace />
  }
  return (
    <div className="page">
      <RegistryHeader registry={registry} path={path} />
      <Tabs
        label="Registry"
        tabs={[
          {
            label: 'Collections',
            href: paths.registry(path),
            current: tab === 'collections',
            count: registry.collections.totalCount,
          },
          {
            label: 'Members',
            href: paths.registry(path, 'members'),
            current: tab === 'members',
            count: registry.members.length,
          },
          { label: 'Action history', href: paths.registry(path, 'history'), current: tab === 'history' },
        ]}
      />
      {tab === 'collections' && (
        <>
          <RegistryDescription id={registry.id} text={registry.description} />
          <CollectionsTab registry={registry} />
        </>
      )}
      {tab === 'members' && (
        <Members
          place={{ scope: { registry: { id: registry.id } }, name: registry.name }}
          members={registry.members.map((member) => ({ member, team: null }))}
          none={
            registry.visibility === 'RESTRICTED'
              ? 'Only admins see it.'
              : `Nobody has a role of their own here: members of ${registry.organization.name} have the one that they have there.`
          }
        />
      )}
      {tab === 'history' && <ActionHistory place={{ kind: 'registry', id: registry.id }} />}
    </div>
  )
}

function RegistryHeader({ registry, path }: { registry: Registry; path: string }) {
  const [changing, setChanging] = useState(false)
  return (
    <header className="collection-header">
      <Breadcrumbs>
        <Link href={paths.home}>Registries</Link>
        <span>{registry.organization.name}</span>
        <span aria-current="page">{registry.name}</span>
      </Breadcrumbs>
      <div className="title-row">
        <div className="title-name">
          <span className="title-icon">
            <Icon name="registry" size={20} />
          </span>
          <h1>{registry.name}</h1>
          <Menu
            label={`Actions on ${registry.name}`}
            button={<Icon name="chevron-down" />}
            className="button button-icon"
          >
            <MenuLink href={paths.registry(path, 'history')}>
              <Icon name="history" /> Action history
            </MenuLink>
            <MenuSeparator />
            <MenuItem onSelect={() => setChanging(true)}>
              <Icon name="edit" /> Settings…
            </MenuItem>
          </Menu>
        </div>
        {registry.visibility === 'RESTRICTED' && (
          <span className="chip" title="Only members see it">
            <Icon name="lock" size={12} /> Restricted
          </span>
        )}
      </div>
      <div className="collection-facts">
        <span className="quiet">
          Made by <Person of={registry.createdBy} /> <Time at={registry.createdAt} />
        </span>
        <span className="fact-group">
          <span className="quiet">Takes</span>
          {registry.artifactTypes ? (
            registry.artifactTypes.map((type) => <TypeLabel key={type} type={type} />)
          ) : (
            <span>any type</span>
          )}
        </span>
        {registry.protectedAliases.length > 0 && (
          <span className="fact-group">
            <span className="quiet">Protected aliases</span>
            {registry.protectedAliases.map((name) => (
              <AliasChip key={name} name={name} locked />
            ))}
          </span>
        )}
      </div>
      {changing && <RegistrySettingsDialog registry={registry} onClose={() => setChanging(false)} />}
    </header>
  )
}

function CollectionsTab({ registry }: { registry: Registry }) {
  return (
    <Collections
      document={REGISTRY_COLLECTIONS}
      connection={(result) => result.registry?.collections}
      place={{ id: registry.id, registry }}
      protectedAliases={registry.protectedAliases}
      none={
        <Empty title="No collection yet">
          <p>Make one, or link a version: that makes the collection too.</p>
          <pre>run.link_artifact(artifact, "wandb-registry-{registry.name}/name")</pre>
        </Empty>
      }
    />
  )
}
