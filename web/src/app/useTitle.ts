import { useEffect } from 'react'

/** The document's title while the caller is shown. */
export function useTitle(...parts: (string | null | undefined)[]): void {
  const title = [...parts.filter(Boolean), 'gqlregistry'].join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}
