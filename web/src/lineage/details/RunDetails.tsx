import { Link } from 'wouter'
import { paths } from '../../app/paths'
import { StateChip, Tag } from '../../ui/Chip'
import { formatDuration } from '../../ui/format'
import { Icon } from '../../ui/Icon'
import { Markdown } from '../../ui/Markdown'
import { Time } from '../../ui/Time'
import { Neighbours } from './Neighbours'
import type { DetailsProps } from './NodeDetails'
import type { RunDetailed } from './queries'
import { Values } from './Values'

export function RunDetails({ run, ...props }: DetailsProps & { run: RunDetailed }) {
  const began = run.startedAt ?? run.createdAt
  return (
    <>
      <div className="map-details-title">
        <h2>{run.displayName}</h2>
        <StateChip state={run.state} />
      </div>
      {run.tags.length > 0 && (
        <div className="chips">
          {run.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </div>
      )}
      <Link className="button" href={paths.run(run.path)}>
        <Icon name="external" /> Open the run’s page
      </Link>
      <dl className="facts">
        <dt>Project</dt>
        <dd>
          <Link href={paths.project(run.project.path)}>{run.project.path}</Link>
        </dd>
        {run.jobType && (
          <>
            <dt>Job type</dt>
            <dd>{run.jobType}</dd>
          </>
        )}
        {run.group && (
          <>
            <dt>Group</dt>
            <dd>{run.group}</dd>
          </>
        )}
        <dt>Started</dt>
        <dd>
          <Time at={began} /> by {run.createdBy.name}
        </dd>
        {run.finishedAt && (
          <>
            <dt>Took</dt>
            <dd>{formatDuration(Date.parse(run.finishedAt) - Date.parse(began))}</dd>
          </>
        )}
      </dl>
      {run.notes && <Markdown text={run.notes} />}
      <Neighbours
        title="Inputs"
        side="inputs"
        of={run.id}
        total={run.inputs.totalCount}
        neighbours={run.inputs.edges.map(({ node, requestedAs, requestedAsInferred, via }) => ({
          id: node.id,
          deletedAt: node.deletedAt ?? null,
          artifact: node,
          requestedAs: requestedAs ?? null,
          inferred: requestedAsInferred,
          via: via && !node.name.startsWith(`${via.path}:`) ? via.path : null,
        }))}
        {...props}
      />
      <Neighbours
        title="Outputs"
        side="outputs"
        of={run.id}
        total={run.outputs.totalCount}
        neighbours={run.outputs.nodes.map((node) => ({ id: node.id, deletedAt: node.deletedAt ?? null, artifact: node }))}
        {...props}
      />
      <Values title="Summary" value={run.summary} />
      <Values title="Config" value={run.config} />
    </>
  )
}
