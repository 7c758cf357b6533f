import { useSyncExternalStore } from 'react'

export interface Store<Value> {
  get: () => Value
  /** Sets the value, and tells all who follow it, even if it is what it was. */
  set: (value: Value) => void
  subscribe: (listener: () => void) => () => void
}

/** A value that belongs to no component. */
export function createStore<Value>(value: Value): Store<Value> {
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (next) => {
      value = next
      listeners.forEach((listener) => listener())
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function useStore<Value>({ subscribe, get }: Pick<Store<Value>, 'subscribe' | 'get'>): Value {
  return useSyncExternalStore(subscribe, get)
}
