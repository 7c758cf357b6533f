import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useMemo } from 'react'
import { execute } from '../api/client'
import type { LineageMapQuery } from '../api/generated/graphql'
import { merge, type Graph, type MapEdge, type Part, type Side, type Start } from './model'
import { edgesAround, LINEAGE_MAP, LINEAGE_NEIGHBOURS, partOf } from './queries'
import { FIRST_DEPTH } from './scene'
import { useSame } from './useSame'
import { marked, type View } from './view'

/** Of how many nodes the first view is chosen, and how many a depth that was asked for shows at first. */
const FIRST_NODES = 400
export const LIMIT = 1_000
/** How many neighbours one step opens at most; of a larger hub the depth and the limit of the whole map show more. */
const STEP = 2_000
/** As many nodes as the server looks up by their ids at once. */
const MOST_IDS = 100
const FRESH = 60_000

interface Step {
  map: LineageMapQuery
  outward: MapEdge[]
}

export interface GraphAnswer {
  graph: Graph | null
  /** What the server left out for its number. */
  truncated: boolean
  omitted: number
  /** Whether something is on its way. */
  loading: boolean
  /** Expansions that are on their way: `<id>:<side>`. */
  opening: Set<string>
  /** Whether there is no such node, or none that one may see. */
  missing: boolean
  error: unknown
  retry: () => void
}

/** How far from the start a view asks, and for how many nodes. */
export function extentOf(view: View) {
  return {
    depth: view.depth ?? FIRST_DEPTH,
    first: view.limit ?? (view.depth === null ? FIRST_NODES : LIMIT),
  }
}

/** The lineage as far as the view asks for it: the map around the start, and each step from there, asked at once. */
export function useGraph(start: Start, view: View): GraphAnswer {
  const { depth, first } = extentOf(view)
  const whole = useQuery({
    queryKey: ['lineage', start.id, depth, first],
    queryFn: ({ signal }) => execute(LINEAGE_MAP, { id: start.id, direction: 'BOTH', depth, first }, signal),
    staleTime: FRESH,
    // The map stays while a deeper one is on its way; that of another start does not.
    placeholderData: (previous, query) => (query?.queryKey[1] === start.id ? previous : undefined),
  })
  const asked = marked(view.expanded)
  const steps = useQueries({
    queries: asked.map(({ id, side }) => ({
      queryKey: ['lineage-step', id, side],
      queryFn: ({ signal }: { signal: AbortSignal }) => step(id, side, signal),
      staleTime: FRESH,
      retry: false,
    })),
  })
  const answers = useSame([whole.data, ...steps.map((each) => each.data)])
  const parts = useMemo(() => {
    const [map, ...more] = answers as [LineageMapQuery | undefined, ...(Step | undefined)[]]
    const found = [map && partOf(map, start.id, ['inputs', 'outputs'])]
    more.forEach((each, at) => {
      const { id, side } = asked[at]!
      if (each) found.push(partOf(each.map, id, [side], each.outward))
    })
    return found.filter((part): part is Part => !!part)
    // `asked` changes with `answers`.
  }, [answers, start.id])
  const graph = useMemo(() => (whole.data?.node && parts.length ? merge(parts) : null), [parts, whole.data])
  const failed: UseQueryResult<unknown> | undefined = [whole, ...steps].find((each) => each.isError)
  return {
    graph,
    truncated: parts[0]?.truncated ?? false,
    omitted: parts[0]?.omitted ?? 0,
    loading: whole.isFetching,
    opening: new Set(view.expanded.filter((_, at) => steps[at]?.isPending)),
    missing: whole.data?.node === null,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  }
}

async function step(id: string, side: Side, signal: AbortSignal): Promise<Step> {
  const direction = side === 'inputs' ? 'UPSTREAM' : 'DOWNSTREAM'
  const map = await execute(LINEAGE_MAP, { id, direction, depth: 1, first: STEP + 1 }, signal)
  const ids = (partOf(map, id, [side])?.nodes ?? []).map((node) => node.id).filter((other) => other !== id)
  const outward: MapEdge[] = []
  for (let at = 0; at < ids.length; at += MOST_IDS) {
    outward.push(...edgesAround(await execute(LINEAGE_NEIGHBOURS, { ids: ids.slice(at, at + MOST_IDS) }, signal)))
  }
  return { map, outward }
}
