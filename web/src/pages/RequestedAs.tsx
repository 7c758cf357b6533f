interface RequestedAsProps {
  edge: { requestedAs?: string | null; requestedAsInferred: boolean }
}

/** By which name a run asked for what it used; nothing where that is not known. */
export function RequestedAs({ edge: { requestedAs, requestedAsInferred } }: RequestedAsProps) {
  if (!requestedAs) return null
  return <code title={requestedAsInferred ? 'Deduced from what the client looked up' : undefined}>{requestedAs}</code>
}
