import { Link } from 'wouter'
import type { RunArtifactFragment, RunInputFragment, RunOutputFragment } from '../../api/generated/graphql'
import { paths } from '../../app/paths'
import { AliasChip, TypeLabel } from '../../ui/Chip'
import { formatBytes } from '../../ui/format'
import type { Column } from '../../ui/Table'
import { Time } from '../../ui/Time'
import { Related } from '../Related'
import { RequestedAs } from '../RequestedAs'
import { ArtifactLink } from '../RunLink'
import { RUN_INPUTS, RUN_OUTPUTS } from './operations'

interface Edge {
  createdAt: string
  node: RunArtifactFragment
}

const VERSION: Column<Edge> = { title: 'Version', cell: ({ node }) => <ArtifactLink artifact={node} /> }

const ABOUT: Column<Edge>[] = [
  { title: 'Type', secondary: true, cell: ({ node }) => <TypeLabel type={node.type} /> },
  { title: 'Aliases', secondary: true, cell: ({ node }) => <Aliases artifact={node} /> },
  { title: 'Size', numeric: true, secondary: true, cell: ({ node }) => formatBytes(node.size) },
  { title: 'When', numeric: true, cell: ({ createdAt }) => <Time at={createdAt} /> },
]

const INPUT: Column<RunInputFragment>[] = [
  VERSION,
  { title: 'Asked for', cell: (edge) => <AskedFor edge={edge} /> },
  ...ABOUT,
]

const OUTPUT: Column<RunOutputFragment>[] = [VERSION, ...ABOUT]

/** Its aliases in all collections, each name once. */
function Aliases({ artifact }: { artifact: RunArtifactFragment }) {
  return (
    <span className="chips">
      {[...new Set(artifact.aliases.map(({ name }) => name))].map((name) => (
        <AliasChip key={name} name={name} />
      ))}
    </span>
  )
}

/** By which name the run found it, and in which collection when that is not the one it was logged to. */
function AskedFor({ edge }: { edge: RunInputFragment }) {
  const { via, node } = edge
  return (
    <span className="requested">
      <RequestedAs edge={edge} />
      {edge.requestedAs && via && !node.name.startsWith(`${via.path}:`) && (
        <span className="quiet">
          in <Link href={paths.collection(via)}>{via.path}</Link>
        </span>
      )}
    </span>
  )
}

interface RunArtifactsProps<Edge> {
  id: string
  first: { totalCount: number; edges: Edge[] }
}

export function RunInputs({ id, first }: RunArtifactsProps<RunInputFragment>) {
  return (
    <Related
      label="Inputs"
      first={first}
      none="It used no artifact."
      one="version"
      columns={INPUT}
      rowKey={({ node }) => node.id}
      all={{ document: RUN_INPUTS, id, connection: (result) => result.run?.inputs }}
    />
  )
}

export function RunOutputs({ id, first }: RunArtifactsProps<RunOutputFragment>) {
  return (
    <Related
      label="Outputs"
      first={first}
      none="It logged no artifact."
      one="version"
      columns={OUTPUT}
      rowKey={({ node }) => node.id}
      all={{ document: RUN_OUTPUTS, id, connection: (result) => result.run?.outputs }}
    />
  )
}
