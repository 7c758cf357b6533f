import { useState } from 'react'
import type { MemberRowFragment } from '../../api/generated/graphql'
import { formatCount, inWords } from '../../ui/format'
import { Icon } from '../../ui/Icon'
import { Menu, MenuItem } from '../../ui/Menu'
import { Empty } from '../../ui/Note'
import { Person } from '../../ui/Person'
import { Table, type Column } from '../../ui/Table'
import { Time } from '../../ui/Time'
import { RemoveMemberDialog, SetMemberDialog, type MembersPlace } from './MemberDialogs'
import { MAY } from './roles'

/** Somebody with a role in a place, or in the team that it belongs to. */
export interface MemberShown {
  member: MemberRowFragment
  /** The team by which they have it; null: they have it in the place itself. */
  team: string | null
}

/** How many people and teams these are: one may have a role in the place and in its team. */
export function countMembers(members: MemberShown[]): number {
  return new Set(members.map(({ member }) => member.entity.name)).size
}

type Asked = { to: 'add' } | { to: 'change' | 'remove'; member: MemberRowFragment }

interface MembersProps {
  place: MembersPlace
  members: MemberShown[]
  /** Said where there are none. */
  none: string
}

/** Who has which role somewhere, and the way to give and to take one. */
export function Members({ place, members, none }: MembersProps) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  return (
    <section className="section" aria-label="Members">
      <div className="filters">
        <span className="quiet">{formatCount(countMembers(members), 'member')}</span>
        <span className="filters-end">
          <button type="button" className="button button-small" onClick={() => setAsked({ to: 'add' })}>
            <Icon name="plus" /> Add member
          </button>
        </span>
      </div>
      {members.length === 0 ? (
        <Empty icon="team" title="No members">
          <p>{none}</p>
        </Empty>
      ) : (
        <Table
          label="Members"
          rows={members}
          rowKey={({ member, team }) => `${member.entity.name} ${team ?? ''}`}
          columns={columnsFor(
            members.some(({ team }) => team !== null),
            setAsked,
          )}
        />
      )}
      {asked?.to === 'add' && <SetMemberDialog place={place} member={null} onClose={close} />}
      {asked?.to === 'change' && <SetMemberDialog place={place} member={asked.member} onClose={close} />}
      {asked?.to === 'remove' && <RemoveMemberDialog place={place} member={asked.member} onClose={close} />}
    </section>
  )
}

function columnsFor(withTeams: boolean, ask: (asked: Asked) => void): Column<MemberShown>[] {
  const by: Column<MemberShown> = { title: 'By', cell: ({ team }) => (team ? `team ${team}` : 'itself') }
  return [
    { title: 'Name', cell: ({ member }) => <Person of={member.entity} /> },
    {
      title: 'Kind',
      secondary: true,
      cell: ({ member }) => (member.entity.__typename === 'Team' ? 'Team' : 'Person'),
    },
    { title: 'Role', cell: ({ member }) => <span title={`May ${MAY[member.role]}`}>{inWords(member.role)}</span> },
    { title: 'May', secondary: true, cell: ({ member }) => <span className="quiet">{MAY[member.role]}</span> },
    ...(withTeams ? [by] : []),
    { title: 'Since', secondary: true, cell: ({ member }) => <Time at={member.createdAt} /> },
    {
      title: '',
      numeric: true,
      cell: ({ member, team }) =>
        team === null && (
          <Menu
            label={`Actions on ${member.entity.displayName ?? member.entity.name}`}
            button={<Icon name="more" />}
            align="end"
            className="button button-quiet button-icon"
          >
            <MenuItem onSelect={() => ask({ to: 'change', member })}>
              <Icon name="edit" /> Change the role…
            </MenuItem>
            <MenuItem danger onSelect={() => ask({ to: 'remove', member })}>
              <Icon name="close" /> Remove…
            </MenuItem>
          </Menu>
        ),
    },
  ]
}
