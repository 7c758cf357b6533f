import { Link } from 'wouter'
import { artifactPath, paths } from '../../app/paths'
import { AliasChip, Tag, TypeLabel, VersionChip } from '../../ui/Chip'
import { Copyable, Fact, Facts } from '../../ui/Facts'
import { formatBytes, formatCount, shortDigest } from '../../ui/format'
import { Icon } from '../../ui/Icon'
import { Markdown } from '../../ui/Markdown'
import { Person } from '../../ui/Person'
import { Time } from '../../ui/Time'
import { Neighbours } from './Neighbours'
import type { DetailsProps } from './NodeDetails'
import type { ArtifactDetailed } from './queries'
import { Values } from './Values'

export function ArtifactDetails({ artifact, ...props }: DetailsProps & { artifact: ArtifactDetailed }) {
  const { nodes: places, totalCount } = artifact.memberships
  const own = places.filter(({ collection }) => collection.kind === 'SOURCE')
  const linked = places.filter(({ collection }) => collection.kind === 'REGISTRY')
  return (
    <>
      <TypeLabel type={artifact.type} />
      <div className="map-details-title">
        <h2>{artifact.collection.name}</h2>
        <VersionChip version={artifact.version ?? 'pending'} />
      </div>
      <div className="chips">
        {own
          .flatMap(({ aliases }) => aliases)
          .map(({ name }) => (
            <AliasChip key={name} name={name} />
          ))}
        {artifact.tags.map((tag) => (
          <Tag key={tag}>{tag}</Tag>
        ))}
      </div>
      {artifact.version && (
        <Link className="button" href={artifactPath(artifact.name)}>
          <Icon name="external" /> Open the version’s page
        </Link>
      )}
      <Facts>
        {artifact.collection.project && (
          <Fact name="Project">
            <Link href={paths.project(artifact.collection.project.path)}>{artifact.collection.project.path}</Link>
          </Fact>
        )}
        <Fact name="Logged">
          <Time at={artifact.createdAt} />
        </Fact>
        <Fact name="Logged by">
          <Person of={artifact.createdBy} />
        </Fact>
        <Fact name="Size">
          {formatBytes(artifact.size)} in{' '}
          {artifact.version ? (
            <Link href={artifactPath(artifact.name, 'files')}>{formatCount(artifact.fileCount, 'file')}</Link>
          ) : (
            formatCount(artifact.fileCount, 'file')
          )}
        </Fact>
        <Fact name="Digest">
          <Copyable text={artifact.digest} shown={shortDigest(artifact.digest)} what="digest" />
        </Fact>
      </Facts>
      {artifact.description && <Markdown text={artifact.description} />}
      {linked.length > 0 && (
        <section>
          <h3>
            Linked in <span className="tabs-count">{totalCount - own.length}</span>
          </h3>
          <ul className="map-neighbours">
            {linked.map(({ id, collection, version, aliases }) => (
              <li key={id}>
                <Link href={paths.version({ path: collection.path, kind: 'REGISTRY' }, version)}>
                  {collection.path}:{version}
                </Link>
                <span className="chips">
                  {aliases.map(({ name }) => (
                    <AliasChip key={name} name={name} />
                  ))}
                </span>
              </li>
            ))}
          </ul>
          {totalCount > places.length && (
            <p className="quiet">and {formatCount(totalCount - places.length, 'more', 'more')}</p>
          )}
        </section>
      )}
      <Neighbours
        title="Produced by"
        side="inputs"
        of={artifact.id}
        total={artifact.inputs.totalCount}
        neighbours={artifact.inputs.nodes.map((node) => ({
          id: node.id,
          deletedAt: node.deletedAt ?? null,
          run: node,
        }))}
        {...props}
      />
      <Neighbours
        title="Used by"
        side="outputs"
        of={artifact.id}
        total={artifact.outputs.totalCount}
        neighbours={artifact.outputs.edges.map(({ node, requestedAs, requestedAsInferred, via }) => ({
          id: node.id,
          deletedAt: node.deletedAt ?? null,
          run: node,
          requestedAs: requestedAs ?? null,
          inferred: requestedAsInferred,
          via: via && via.path !== artifact.collection.path ? via.path : null,
        }))}
        {...props}
      />
      <Values title="Metadata" value={artifact.metadata} />
    </>
  )
}
