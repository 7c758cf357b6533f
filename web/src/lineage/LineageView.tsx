/** Stands for the map until it is merged. */
export function LineageView({ start }: { start: { kind: 'artifact' | 'run'; id: string } }) {
  return <p>The lineage of {start.kind} {start.id}</p>
}
