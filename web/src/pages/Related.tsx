import { useState } from 'react'
import type { TypedDocumentString } from '../api/generated/graphql'
import { usePages } from '../api/hooks'
import { formatCount } from '../ui/format'
import { LoadMore } from '../ui/LoadMore'
import { Table, type Column } from '../ui/Table'
import { SectionState } from './Loading'

const PAGE = 100

interface Connection<Row> {
  edges: Row[]
  pageInfo: { hasNextPage: boolean; endCursor?: string | null }
}

interface RowsProps<Row> {
  label: string
  columns: Column<Row>[]
  rowKey: (row: Row) => string
}

interface AllProps<Row, Result> {
  /** Asks for all of them, page by page. */
  document: TypedDocumentString<Result, { id: string | number; first: number; after?: string | null | undefined }>
  /** Of what they are. */
  id: string
  connection: (result: Result) => Connection<Row> | null | undefined
}

interface RelatedProps<Row, Result> extends RowsProps<Row> {
  /** The first of them, which came with the page, and how many there are in all. */
  first: { totalCount: number; edges: Row[] }
  /** Said where there are none. */
  none: string
  /** What one of them is called: "run". */
  one: string
  all: AllProps<Row, Result>
}

/** What hangs on a run or on a version: the first of it, and all when that is asked for. */
export function Related<Row, Result>({ first, none, one, all, ...rows }: RelatedProps<Row, Result>) {
  const [whole, setWhole] = useState(false)
  const { totalCount, edges } = first
  return (
    <section className="section" aria-label={rows.label}>
      <h2>
        {rows.label} <span className="tabs-count">{totalCount}</span>
      </h2>
      {totalCount === 0 && <p className="quiet">{none}</p>}
      {whole ? <All {...all} {...rows} /> : edges.length > 0 && <Table rows={edges} {...rows} />}
      {!whole && totalCount > edges.length && (
        <button type="button" className="button button-small load-more" onClick={() => setWhole(true)}>
          Show all {formatCount(totalCount, one)}
        </button>
      )}
    </section>
  )
}

function All<Row, Result>({ document, id, connection, ...rows }: AllProps<Row, Result> & RowsProps<Row>) {
  const pages = usePages(document, { id, first: PAGE }, (result) => connection(result)?.pageInfo)
  if (!pages.data) return <SectionState error={pages.error} retry={pages.refetch} />
  return (
    <>
      <Table rows={pages.data.pages.flatMap((page) => connection(page)?.edges ?? [])} {...rows} />
      <LoadMore {...pages} />
    </>
  )
}
