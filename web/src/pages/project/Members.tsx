import type { MemberRowFragment } from '../../api/generated/graphql'
import { inWords } from '../../ui/format'
import { Empty } from '../../ui/Note'
import { Person } from '../../ui/Person'
import { Table } from '../../ui/Table'
import { Time } from '../../ui/Time'

const MAY: Record<MemberRowFragment['role'], string> = {
  ADMIN: 'everything, members and protected aliases included',
  MEMBER: 'log, link, and move aliases that are not protected',
  VIEWER: 'see everything in it',
  RESTRICTED_VIEWER: 'see what is linked, but not where it comes from',
}

/** Who has which role somewhere. */
export function Members({ members, none }: { members: MemberRowFragment[]; none: string }) {
  if (members.length === 0)
    return (
      <Empty icon="team" title="No members">
        <p>{none}</p>
      </Empty>
    )
  return (
    <Table
      label="Members"
      rows={members}
      rowKey={({ entity }) => entity.name}
      columns={[
        { title: 'Name', cell: ({ entity }) => <Person of={entity} /> },
        { title: 'Kind', secondary: true, cell: ({ entity }) => (entity.__typename === 'Team' ? 'Team' : 'Person') },
        { title: 'Role', cell: ({ role }) => <span title={`May ${MAY[role]}`}>{inWords(role)}</span> },
        { title: 'May', secondary: true, cell: ({ role }) => <span className="quiet">{MAY[role]}</span> },
        { title: 'Since', cell: ({ createdAt }) => <Time at={createdAt} /> },
      ]}
    />
  )
}
