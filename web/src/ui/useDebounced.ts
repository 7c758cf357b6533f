import { useEffect, useState } from 'react'

/** The value as it was when it last stood still for a moment. */
export function useDebounced<Value>(value: Value, milliseconds = 180): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}
