import 'graphiql/setup-workers/vite'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Router } from 'wouter'
import '@fontsource-variable/inter'
import '@fontsource/fira-code/latin-400.css'
import '@graphiql/react/style.css'
import '@graphiql/plugin-doc-explorer/style.css'
import '@graphiql/plugin-history/style.css'
import '@graphiql/plugin-explorer/style.css'
// Not `graphiql/style.css`: it also has fonts and the editor's styles, which come with the editor itself.
import 'graphiql/graphiql.css'
import '../styles/tokens.css'
import '../styles/base.css'
import '../ui/ui.css'
import '../app/shell.css'
import './graphiql.css'
import { createQueryClient } from '../api/hooks'
import { applyTheme } from '../app/theme'
import { GraphiQLPage } from './GraphiQLPage'

/** This page is not one of the app's: what leads there loads it. */
const useLeaving = (): [string, (to: string) => void] => [location.pathname, (to) => location.assign(to)]

// A link to an operation that is opened on this page itself.
addEventListener('hashchange', () => location.reload())

applyTheme()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <Router hook={useLeaving}>
        <GraphiQLPage />
      </Router>
    </QueryClientProvider>
  </StrictMode>,
)
