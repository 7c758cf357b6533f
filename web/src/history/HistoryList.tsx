import { memo, useId, useMemo } from 'react'
import { dayInWords } from '../ui/days'
import type { Filters, Place } from './filters'
import { HistoryLine } from './HistoryLine'
import { daysOf, type Day, type Line } from './lines'
import type { AliasPart } from './sentence'

interface ListProps {
  place: Place['kind']
  narrowed: (filters: Partial<Filters>) => string
  aliasHref: (part: AliasPart) => string | null
}

/** Lines, newest first, under the days that they happened on. */
export function HistoryList({ lines, ...list }: ListProps & { lines: Line[] }) {
  const days = useMemo(() => daysOf(lines), [lines])
  return days.map((day) => <DayOfHistory key={day.key} day={day} {...list} />)
}

const DayOfHistory = memo(
  function DayOfHistory({ day: { day, lines }, ...list }: ListProps & { day: Day }) {
    const id = useId()
    return (
      <div className="history-day">
        <h2 id={id}>
          <time dateTime={day}>{dayInWords(day)}</time>
        </h2>
        <ol className="history-lines" aria-labelledby={id}>
          {lines.map((line) => (
            <HistoryLine key={line.id} line={line} {...list} />
          ))}
        </ol>
      </div>
    )
  },
  // An older page makes new objects for days that are as they were.
  ({ day: before, ...listBefore }, { day: after, ...listAfter }) =>
    before.lines.length === after.lines.length &&
    before.lines.every(
      (line, index) => line.id === after.lines[index]!.id && line.removed === after.lines[index]!.removed,
    ) &&
    listBefore.place === listAfter.place &&
    listBefore.narrowed === listAfter.narrowed &&
    listBefore.aliasHref === listAfter.aliasHref,
)
