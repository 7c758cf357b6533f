import { useId, useMemo, useState } from 'react'
import { Link } from 'wouter'
import { useQuery } from '../../api/hooks'
import type { CollectionAsOfQuery } from '../../api/generated/graphql'
import { paths } from '../../app/paths'
import { useParameters } from '../../app/useParameters'
import { AliasChip, Tag, VersionChip } from '../../ui/Chip'
import { minuteKey, minuteOf } from '../../ui/days'
import { formatCount } from '../../ui/format'
import { Icon } from '../../ui/Icon'
import { Markdown } from '../../ui/Markdown'
import { Empty } from '../../ui/Note'
import { Person } from '../../ui/Person'
import { Table } from '../../ui/Table'
import { useDebounced } from '../../ui/useDebounced'
import { SectionState } from '../Loading'
import { ArtifactLink } from '../RunLink'
import './as-of.css'
import type { CollectionHead } from './CollectionDialogs'
import { justAfter, readMoment } from './moments'
import { AS_OF, CHANGED_AT } from './pastOperations'

type Answered = NonNullable<CollectionAsOfQuery['collection']>

/** A collection as it stood at a moment, which a slider goes through. */
export function AsOfTab({ collection }: { collection: CollectionHead }) {
  const [parameters, set] = useParameters()
  const [opened] = useState(() => new Date().toISOString())
  const chosen = readMoment(parameters.get('at')) ?? opened
  const time = useDebounced(chosen)
  const { data, error, refetch, isPlaceholderData } = useQuery(
    AS_OF,
    { ref: { id: collection.id }, time, after: justAfter(time) },
    { keepPrevious: true },
  )
  const found = data?.collection
  if (!found) return <SectionState error={error} retry={refetch} />
  return (
    <section className="as-of" aria-label="As of a moment">
      <Controls collection={collection} found={found} chosen={chosen} opened={opened} go={(to) => set('at', to)} />
      <div aria-busy={isPlaceholderData || time !== chosen}>
        <Standing collection={collection} found={found} />
      </div>
    </section>
  )
}

interface ControlsProps {
  collection: CollectionHead
  found: Answered
  chosen: string
  opened: string
  go: (to: string) => void
}

function Controls({ collection, found, chosen, opened, go }: ControlsProps) {
  const marks = useId()
  const [earlier, later] = [found.earlier.nodes[0]?.createdAt, found.later.nodes[0]?.createdAt]
  const to = (milliseconds: number) => go(new Date(milliseconds).toISOString())
  return (
    <div className="as-of-controls" role="group" aria-label="The moment">
      <input
        type="range"
        list={marks}
        aria-label="Moment"
        aria-valuetext={minuteOf(chosen)}
        min={Date.parse(found.createdAt)}
        max={Date.parse(opened)}
        step={60_000}
        value={Date.parse(chosen)}
        onChange={(event) => to(Number(event.target.value))}
      />
      <Marks of={collection} id={marks} />
      <input
        type="datetime-local"
        className="input"
        aria-label="Day and time"
        value={minuteKey(new Date(chosen))}
        onChange={(event) => {
          const typed = Date.parse(event.target.value)
          // A year that is being typed is one of long ago.
          if (typed > 0) to(typed)
        }}
      />
      <button type="button" className="button button-small" disabled={!earlier} onClick={() => go(earlier!)}>
        <Icon name="chevron-left" size={14} /> Earlier change
      </button>
      <button type="button" className="button button-small" disabled={!later} onClick={() => go(later!)}>
        Later change <Icon name="chevron-right" size={14} />
      </button>
      <button type="button" className="button button-small button-quiet" onClick={() => go('')}>
        Now
      </button>
    </div>
  )
}

/** A mark below the slider for each moment at which something changed. */
function Marks({ of, id }: { of: CollectionHead; id: string }) {
  const { data } = useQuery(CHANGED_AT, { ref: { id: of.id } })
  const nodes = data?.collection?.actionHistory.nodes
  const moments = useMemo(() => new Set(nodes?.map(({ createdAt }) => Date.parse(createdAt))), [nodes])
  return (
    <datalist id={id}>
      {[...moments].map((time) => (
        <option key={time} value={time} />
      ))}
    </datalist>
  )
}

function Standing({ collection, found: { at, total } }: { collection: CollectionHead; found: Answered }) {
  if (!at)
    return (
      <Empty icon="clock" title="It was not there">
        <p>The collection had not been made at that time, or had been deleted.</p>
      </Empty>
    )
  const more = total.totalCount - at.versions.length
  return (
    <>
      {(at.name !== collection.name || at.description || at.tags.length > 0) && (
        <div className="as-of-about">
          {at.name !== collection.name && <p>It was called {at.name}.</p>}
          {at.description && <Markdown text={at.description} />}
          <span className="chips">
            {at.tags.map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
          </span>
        </div>
      )}
      <h2>Aliases</h2>
      {at.aliases.length === 0 ? (
        <p className="quiet">None was set.</p>
      ) : (
        <Table
          label="Aliases at that moment"
          rows={at.aliases}
          rowKey={({ name }) => name}
          columns={[
            { title: 'Alias', cell: ({ name }) => <AliasChip name={name} /> },
            {
              title: 'Version',
              cell: ({ version }) => (
                <Link href={paths.version(collection, version)}>
                  <VersionChip version={version} />
                </Link>
              ),
            },
            { title: 'Since', cell: ({ since }) => minuteOf(since) },
            { title: 'Set by', cell: ({ actor }) => <Person of={actor} /> },
            { title: 'Reason', secondary: true, cell: ({ reason }) => reason },
          ]}
        />
      )}
      <h2>
        Versions <span className="tabs-count">{total.totalCount}</span>
      </h2>
      {at.versions.length === 0 ? (
        <p className="quiet">There was none.</p>
      ) : (
        <Table
          label="Versions at that moment"
          rows={at.versions}
          rowKey={({ id }) => id}
          columns={[
            {
              title: 'Version',
              cell: ({ version }) => <Link href={paths.version(collection, version)}>{version}</Link>,
            },
            { title: 'Artifact', cell: ({ artifact }) => <ArtifactLink artifact={artifact} /> },
            { title: 'Added', cell: ({ createdAt }) => minuteOf(createdAt) },
          ]}
        />
      )}
      {more > 0 && <p className="quiet">And {formatCount(more, 'older version')}.</p>}
    </>
  )
}
