import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@fontsource-variable/inter'
import './styles/tokens.css'
import './styles/base.css'
import './styles/page.css'
import './ui/ui.css'
import './app/app.css'
import './actions/actions.css'
import './pages/pages.css'
import { App } from './app/App'
import { applyTheme } from './app/theme'

applyTheme()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
