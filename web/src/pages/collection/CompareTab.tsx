import { lazy, Suspense, useMemo, useState } from 'react'
import { useQuery } from '../../api/hooks'
import type { CompareOriginsQuery } from '../../api/generated/graphql'
import { useParameters } from '../../app/useParameters'
import { nodeOf } from '../../lineage/queries'
import { formatCount, shortName } from '../../ui/format'
import { Icon } from '../../ui/Icon'
import { Empty } from '../../ui/Note'
import { Table } from '../../ui/Table'
import { SectionState } from '../Loading'
import { ArtifactLink, RunLink } from '../RunLink'
import './as-of.css'
import type { CollectionHead } from './CollectionDialogs'
import { COMPARE } from './pastOperations'
import { VersionPicker } from './VersionPicker'

const DiffMap = lazy(() => import('../../lineage/DiffMap'))

type Diff = NonNullable<CompareOriginsQuery['artifact']>['lineageDiff']
type Compared = Diff['added'][number]
type Values = Diff['changed'][number]['config']

interface CompareTabProps {
  collection: CollectionHead
  version: string
  artifact: { id: string; name: string }
}

/** How another version came to be, compared with this one: one map in three colours, and what differs in words. */
export function CompareTab({ collection, version, artifact }: CompareTabProps) {
  const [parameters, set] = useParameters()
  const to = parameters.get('to')
  const [typed, setTyped] = useState(to ?? '')
  const choose = (name: string) => {
    setTyped(name)
    set('to', name)
  }
  const own = to?.startsWith(`${collection.path}:`) ? to.slice(collection.path.length + 1) : null
  return (
    <section className="compare" aria-label="Compare origins">
      <form
        className="recall-bar"
        onSubmit={(event) => {
          event.preventDefault()
          choose(typed.trim())
        }}
      >
        <span>Compare the origin of {version} with that of</span>
        <VersionPicker
          collectionId={collection.id}
          version={own}
          aliases={[]}
          onPick={(picked) => choose(`${collection.path}:${picked}`)}
        />
        <label className="compare-name">
          or of
          <input
            className="input"
            aria-label="Name of another version"
            placeholder="entity/project/collection:v4"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <button type="submit" className="button" disabled={!typed.trim()}>
          Compare
        </button>
      </form>
      {to ? (
        <Answer artifact={artifact} to={to} version={version} />
      ) : (
        <Empty icon="map" title="Choose a version to compare with">
          <p>All inputs and runs of both are compared, at any depth, with their configs and metadata.</p>
        </Empty>
      )}
    </section>
  )
}

function Answer({ artifact, to, version }: { artifact: CompareTabProps['artifact']; to: string; version: string }) {
  const { data, error, refetch } = useQuery(COMPARE, { id: artifact.id, to: { name: to } })
  const diff = data?.artifact?.lineageDiff
  const nodes = useMemo(() => diff?.nodes.map(({ node, side }) => ({ node: nodeOf(node), side })) ?? [], [diff])
  const edges = useMemo(() => diff?.edges.map(edgeOf) ?? [], [diff])
  if (!diff) return <SectionState error={error} retry={refetch} />
  const other = shortName(diff.to.name)
  if (diff.to.id === artifact.id)
    return (
      <Empty icon="check" title="It is the same version">
        <p>{other} is what is shown here: nothing differs.</p>
      </Empty>
    )
  return (
    <>
      <ul className="compare-legend" aria-label="Colours">
        <li data-side="FROM">Only of {version}</li>
        <li data-side="TO">Only of {other}</li>
        <li data-side="BOTH">Of both: {diff.common}</li>
      </ul>
      {diff.truncated && (
        <p className="quiet" role="status">
          <Icon name="warning" size={14} /> There is more: only the closest 500 nodes of each are compared.
        </p>
      )}
      <div className="compare-map">
        <Suspense fallback={null}>
          <DiffMap start={artifact.id} nodes={nodes} edges={edges} />
        </Suspense>
      </div>
      <h2>
        Changed <span className="tabs-count">{diff.changed.length}</span>
      </h2>
      {diff.changed.length > 0 && (
        <Table
          label="Changed"
          rows={diff.changed}
          rowKey={({ before }) => before.id}
          columns={[
            { title: 'Before', cell: ({ before }) => <NodeLink node={before} /> },
            { title: 'After', cell: ({ after }) => <NodeLink node={after} /> },
            {
              title: 'What differs',
              cell: ({ config, code, metadata, summary }) => <ValueList values={{ config, code, metadata, summary }} />,
            },
          ]}
        />
      )}
      <NodeTable title={`Only of ${version}`} nodes={diff.removed} />
      <NodeTable title={`Only of ${other}`} nodes={diff.added} />
    </>
  )
}

function NodeTable({ title, nodes }: { title: string; nodes: Compared[] }) {
  if (nodes.length === 0) return null
  return (
    <>
      <h2>
        {title} <span className="tabs-count">{formatCount(nodes.length, 'node')}</span>
      </h2>
      <ul className="compare-values">
        {nodes.map((node) => (
          <li key={node.id}>
            <NodeLink node={node} />
          </li>
        ))}
      </ul>
    </>
  )
}

function NodeLink({ node }: { node: Compared }) {
  return node.__typename === 'Run' ? <RunLink run={node} /> : <ArtifactLink artifact={node} />
}

function ValueList({ values }: { values: Record<string, Values> }) {
  const all = Object.entries(values).flatMap(([of, changes]) => changes.map((change) => ({ of, ...change })))
  if (all.length === 0) return <span className="quiet">nothing that was told</span>
  return (
    <ul className="compare-values">
      {all.map(({ of, key, before, after }) => (
        <li key={`${of} ${key}`}>
          {of} <code>{key}</code>: {written(before)} → {written(after)}
        </li>
      ))}
    </ul>
  )
}

const written = (value: unknown) => (value === null || value === undefined ? '–' : JSON.stringify(value))

function edgeOf({ source, target, requestedAs, requestedAsInferred }: Diff['edges'][number]) {
  const idOf = (node: object) => (node as { id: string }).id
  return {
    source: idOf(source),
    target: idOf(target),
    requestedAs: requestedAs ?? null,
    inferred: requestedAsInferred,
  }
}
