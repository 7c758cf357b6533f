import type { Storage } from '@graphiql/toolkit'

const NAMESPACE = 'graphiql:'
const ASKED = [`${NAMESPACE}queries`, `${NAMESPACE}favorites`]

/** The operations of GraphiQL's history without the headers that they were sent with: a key may be among them. */
export function withoutHeaders(text: string): string {
  return JSON.stringify(JSON.parse(text), (name, value: unknown) => (name === 'headers' ? undefined : value))
}

/** Where GraphiQL keeps what it keeps: in the browser, but for the keys in the headers of its history. */
export function keyless(storage: globalThis.Storage): Storage {
  const own = () => Object.keys(storage).filter((key) => key.startsWith(NAMESPACE))
  return {
    getItem: (key) => storage.getItem(key),
    setItem: (key, value) => storage.setItem(key, ASKED.includes(key) ? withoutHeaders(value) : value),
    removeItem: (key) => storage.removeItem(key),
    clear: () => own().forEach((key) => storage.removeItem(key)),
    get length() {
      return own().length
    },
  }
}
