import { Component, Suspense, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { Empty } from '../ui/Note'
import { Skeleton } from '../ui/Skeleton'

interface Props {
  location: string
  children: ReactNode
}

/** Around a page: while it is loaded, and when it can't be or fails; the way to another page stays. */
export function PageBoundary({ children }: { children: ReactNode }) {
  const [location] = useLocation()
  return <Boundary location={location}>{children}</Boundary>
}

class Boundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidUpdate(before: Props) {
    if (this.state.failed && before.location !== this.props.location) this.setState({ failed: false })
  }

  override render() {
    if (!this.state.failed) return <Suspense fallback={<Skeleton lines={6} />}>{this.props.children}</Suspense>
    return (
      <div className="page" role="alert">
        <Empty icon="warning" title="This page can’t be shown">
          <p>The server may be out of reach, or may have been updated since these pages were opened.</p>
          <button type="button" className="button" onClick={() => location.reload()}>
            Load it again
          </button>
        </Empty>
      </div>
    )
  }
}
