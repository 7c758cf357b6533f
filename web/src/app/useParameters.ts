import { useCallback } from 'react'
import { useSearchParams } from 'wouter'

/**
 * The parameters of the address, and how to change one in place; the others stay, and an empty text takes it away. What
 * is typed letter by letter is no step for the back button.
 */
export function useParameters(): [URLSearchParams, (name: string, value: string) => void] {
  const [parameters, setParameters] = useSearchParams()
  const set = useCallback(
    (name: string, value: string) =>
      setParameters(
        (now) => {
          const next = new URLSearchParams(now)
          if (value) next.set(name, value)
          else next.delete(name)
          return next
        },
        { replace: true },
      ),
    [setParameters],
  )
  return [parameters, set]
}
