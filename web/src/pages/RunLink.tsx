import { Link } from 'wouter'
import type { ArtifactLinkFragment, RunLinkFragment } from '../api/generated/graphql'
import { artifactPath, paths } from '../app/paths'
import { shortName } from '../ui/format'
import { typeHue } from '../ui/hues'
import { Icon, typeIcon } from '../ui/Icon'

/** A run where something leads to it; one that was deleted is only named. */
export function RunLink({ run }: { run: RunLinkFragment }) {
  if (run.deletedAt) return <Deleted name={run.displayName} />
  return (
    <Link href={paths.run(run.path)} className="thing-link" title={run.path}>
      <span className={`run-icon state-${run.state.toLowerCase()}`}>
        <Icon name="run" size={14} />
      </span>
      <span className="thing-name">{run.displayName}</span>
    </Link>
  )
}

/** A version where something leads to it: `collection:v4`, with the whole name on hover. */
export function ArtifactLink({
  artifact,
}: {
  artifact: Pick<ArtifactLinkFragment, 'name' | 'type'> & { deletedAt?: string | null }
}) {
  const short = shortName(artifact.name)
  if (artifact.deletedAt) return <Deleted name={short} href={artifactPath(artifact.name)} />
  if (artifact.name.endsWith(':pending')) return <span title={artifact.name}>{short}</span>
  return (
    <Link href={artifactPath(artifact.name)} className="thing-link" title={artifact.name}>
      <span className="thing-icon" data-hue={typeHue(artifact.type)}>
        <Icon name={typeIcon(artifact.type)} size={14} />
      </span>
      <span className="thing-name">{short}</span>
    </Link>
  )
}

function Deleted({ name, href }: { name: string; href?: string }) {
  return (
    <span className="thing-link deleted">
      <Icon name="trash" size={14} />
      {href ? (
        <Link href={href} className="thing-name">
          {name}
        </Link>
      ) : (
        <span className="thing-name">{name}</span>
      )}
      <span className="quiet">deleted</span>
    </span>
  )
}
