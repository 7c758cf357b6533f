import { useSyncExternalStore } from 'react'

/** Light, dark, or as the system has it. */
export type Theme = 'light' | 'dark' | 'system'

const KEY = 'gqlregistry.theme'
const listeners = new Set<() => void>()

export function currentTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEY)
    return kept === 'light' || kept === 'dark' ? kept : 'system'
  } catch {
    return 'system'
  }
}

/** Shows the theme that is chosen. Styles hang on `data-theme` of the document. */
export function applyTheme(): void {
  const theme = currentTheme()
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
}

export function chooseTheme(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, theme)
  } catch {
    // Without storage the choice holds until the page is left.
  }
  document.documentElement.dataset.theme = theme === 'system' ? '' : theme
  if (theme === 'system') applyTheme()
  listeners.forEach((listener) => listener())
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  applyTheme()
  listeners.forEach((listener) => listener())
})

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, currentTheme)
}

/** Whether dark is shown now: for what is drawn on a canvas. */
export function useDark(): boolean {
  return useSyncExternalStore(subscribe, () => document.documentElement.dataset.theme === 'dark')
}
