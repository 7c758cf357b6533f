import type { ReactNode } from 'react'
import { Icon } from './Icon'

export interface Column<Row> {
  title: string
  cell: (row: Row) => ReactNode
  /** Numbers stand to the right. */
  numeric?: boolean
  /** What a narrow screen can do without. */
  secondary?: boolean
  /** The rows stand in its order, which can be turned round. */
  sort?: { ascending: boolean; turn: () => void }
}

interface TableProps<Row> {
  label: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
}

/** Rows and columns. On a narrow screen it scrolls by itself, and the secondary columns go. */
export function Table<Row>({ label, columns, rows, rowKey }: TableProps<Row>) {
  const className = ({ numeric, secondary }: Column<Row>) =>
    [numeric && 'numeric', secondary && 'secondary'].filter(Boolean).join(' ') || undefined
  return (
    <div className="table-frame" tabIndex={0} role="group" aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.title}
                scope="col"
                className={className(column)}
                aria-sort={column.sort && (column.sort.ascending ? 'ascending' : 'descending')}
              >
                {column.sort ? (
                  <button type="button" className="table-sort" onClick={column.sort.turn}>
                    {column.title}
                    <Icon name={column.sort.ascending ? 'chevron-up' : 'chevron-down'} size={14} />
                  </button>
                ) : (
                  column.title || <span className="visually-hidden">Actions</span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.title} className={className(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
