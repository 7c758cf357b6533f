import { Icon } from '../ui/Icon'
import { Menu, MenuItem, MenuLink, MenuNote, MenuSeparator } from '../ui/Menu'
import { paths } from './paths'
import { useSignOut, type Session } from './session'
import { chooseTheme, useTheme, type Theme } from './theme'

const THEMES: Record<Theme, string> = { system: 'Theme of the system', light: 'Light', dark: 'Dark' }

/** Who is signed in, the theme, and on a narrow screen the ways that have no room beside it. */
export function AccountMenu({ session }: { session: Session | undefined }) {
  const theme = useTheme()
  const signOut = useSignOut()
  const signedIn = session?.user && !session.local
  return (
    <Menu
      label="Account and theme"
      button={<Icon name="user" size={18} />}
      align="end"
      className="button button-quiet button-icon"
    >
      {session?.user && (
        <MenuNote>
          {session.local ? 'Local user' : 'Signed in as'} <strong>{session.user.username}</strong>
          {session.isAdmin && <span className="quiet"> · admin</span>}
        </MenuNote>
      )}
      <div className="shell-narrow">
        <MenuLink href={paths.history}>
          <Icon name="history" /> History
        </MenuLink>
        <MenuLink href={paths.questions}>
          <Icon name="search" /> Questions
        </MenuLink>
        <MenuLink href={paths.graphiql} outside>
          <Icon name="external" /> GraphiQL
        </MenuLink>
      </div>
      <MenuSeparator />
      {(Object.keys(THEMES) as Theme[]).map((each) => (
        <MenuItem key={each} checked={theme === each} onSelect={() => chooseTheme(each)}>
          {THEMES[each]}
        </MenuItem>
      ))}
      {signedIn && (
        <>
          <MenuSeparator />
          <MenuItem onSelect={() => signOut.mutate()}>Sign out</MenuItem>
        </>
      )}
    </Menu>
  )
}
