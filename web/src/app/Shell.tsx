import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Icon } from '../ui/Icon'
import { Menu, MenuItem } from '../ui/Menu'
import { paths } from './paths'
import { SearchBox } from './SearchBox'
import { ServerBanner } from './ServerBanner'
import { chooseTheme, useTheme, type Theme } from './theme'

const THEMES: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' }

/** What is around every page: the way home, the search, the menu, a word when the server is gone. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <header className="shell-header">
        <Link href={paths.home} className="shell-brand">
          <img src="/ui/icon.svg" alt="" width="24" height="24" />
          <span>gqlregistry</span>
        </Link>
        <SearchBox />
        <nav className="shell-nav" aria-label="Main">
          <Link href={paths.history}>History</Link>
          <a href={paths.graphiql}>GraphiQL</a>
          <ThemeMenu />
        </nav>
      </header>
      <ServerBanner />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  )
}

function ThemeMenu() {
  const theme = useTheme()
  return (
    <Menu label="Theme" button={<Icon name={theme === 'dark' ? 'moon' : 'sun'} />} align="end">
      {(Object.keys(THEMES) as Theme[]).map((each) => (
        <MenuItem key={each} checked={theme === each} onSelect={() => chooseTheme(each)}>
          {THEMES[each]}
        </MenuItem>
      ))}
    </Menu>
  )
}
