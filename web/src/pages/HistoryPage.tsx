import { useTitle } from '../app/useTitle'
import { ActionHistory } from '../history/ActionHistory'

/** Who did what on the whole server. */
export default function HistoryPage() {
  useTitle('Action history')
  return (
    <div className="page">
      <h1>Action history</h1>
      <ActionHistory place={{ kind: 'server' }} />
    </div>
  )
}
