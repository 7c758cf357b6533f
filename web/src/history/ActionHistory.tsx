/** Stands for the history until it is merged. */
export function ActionHistory({ place }: { place: { kind: 'collection' | 'registry' | 'server'; id?: string } }) {
  return <p>The action history of {place.kind} {place.id}</p>
}
