import { useSyncExternalStore } from 'react'
import { createStore, useStore } from '../ui/store'

/** Light, dark, or as the system has it. */
export type Theme = 'light' | 'dark' | 'system'

const KEY = 'gqlregistry.theme'
const systemIsDark = matchMedia('(prefers-color-scheme: dark)')
const chosen = createStore<Theme>(kept())

function kept(): Theme {
  try {
    const theme = localStorage.getItem(KEY)
    return theme === 'light' || theme === 'dark' ? theme : 'system'
  } catch {
    return 'system'
  }
}

/** Shows the theme that is chosen. Styles hang on `data-theme` of the document. */
export function applyTheme(): void {
  const theme = chosen.get()
  const dark = theme === 'dark' || (theme === 'system' && systemIsDark.matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
}

export function chooseTheme(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, theme)
  } catch {
    // Without storage the choice holds until the page is left.
  }
  chosen.set(theme)
}

chosen.subscribe(applyTheme)
systemIsDark.addEventListener('change', () => chosen.set(chosen.get()))

export function useTheme(): Theme {
  return useStore(chosen)
}

/** Whether dark is shown now: for what is drawn on a canvas. */
export function useDark(): boolean {
  return useSyncExternalStore(chosen.subscribe, () => document.documentElement.dataset.theme === 'dark')
}
