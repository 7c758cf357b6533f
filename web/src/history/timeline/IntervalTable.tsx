import { Link } from 'wouter'
import { artifactPath, paths, type CollectionPlace } from '../../app/paths'
import { VersionChip } from '../../ui/Chip'
import { shortName } from '../../ui/format'
import { Table } from '../../ui/Table'
import { exactTime } from '../../ui/Time'
import { minuteOf } from '../../ui/days'
import type { Interval } from './intervals'

/** A timeline as a table, newest first. */
export function IntervalTable({
  alias,
  place,
  intervals,
}: {
  alias: string
  place: CollectionPlace
  intervals: Interval[]
}) {
  const when = (time: string) => (
    <time dateTime={time} title={exactTime(time)}>
      {minuteOf(time)}
    </time>
  )
  return (
    <Table
      label={`What ${alias} was, and when`}
      rows={intervals}
      rowKey={({ from, version }) => from + version}
      columns={[
        {
          title: alias,
          cell: ({ version }) => (
            <Link href={paths.version(place, version)}>
              <VersionChip version={version} />
            </Link>
          ),
        },
        {
          title: 'Artifact',
          secondary: true,
          cell: ({ artifact }) => (
            <Link href={artifactPath(artifact.name)} title={artifact.name}>
              {shortName(artifact.name)}
            </Link>
          ),
        },
        { title: 'From', cell: ({ from }) => when(from) },
        { title: 'Until', cell: ({ until }) => (until ? when(until) : 'now') },
        { title: 'Set by', cell: ({ actor }) => actor.displayName || actor.name },
        { title: 'Reason', secondary: true, cell: ({ reason }) => reason ?? '' },
        { title: 'Ended by', secondary: true, cell: ({ endedBy }) => endedBy?.displayName || endedBy?.name || '' },
      ]}
    />
  )
}
