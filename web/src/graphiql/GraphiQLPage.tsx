import { explorerPlugin } from '@graphiql/plugin-explorer'
import { HISTORY_PLUGIN } from '@graphiql/plugin-history'
import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { GraphiQL } from 'graphiql'
import { useDark } from '../app/theme'
import { CopyLink } from './CopyLink'
import { EXAMPLES } from './examples'
import { EXAMPLES_PLUGIN } from './ExamplesPlugin'
import { readingTheText } from './fetcher'
import { readLink } from './link'
import { PageHeader } from './PageHeader'
import { keyless } from './storage'

const URL_OF_API = new URL('/graphql', location.href)

/** Over HTTP, and subscriptions over a WebSocket: it gets the headers of the editor as `connectionParams`. */
const fetcher = readingTheText(
  createGraphiQLFetcher({
    url: URL_OF_API.href,
    subscriptionUrl: URL_OF_API.href.replace(/^http/, 'ws'),
    // The server answers each operation whole.
    enableIncrementalDelivery: false,
  }),
)

const PLUGINS = [EXAMPLES_PLUGIN, HISTORY_PLUGIN, explorerPlugin()]

const STORAGE = keyless(localStorage)

const linked = readLink(location.hash)
const TABS = [...(linked ? [linked] : []), ...EXAMPLES].map(({ query, variables }) => ({ query, variables }))

/** Who has never chosen what stands beside the editor sees the examples, where there is room. */
const isFirstVisit = localStorage.getItem('graphiql:visiblePlugin') === null
const opened = isFirstVisit && matchMedia('(min-width: 1000px)').matches ? { visiblePlugin: EXAMPLES_PLUGIN } : {}

export function GraphiQLPage() {
  const theme = useDark() ? 'dark' : 'light'
  return (
    <div className="graphiql-page">
      <PageHeader />
      <main>
        <GraphiQL
          fetcher={fetcher}
          plugins={PLUGINS}
          defaultTabs={TABS}
          forcedTheme={theme}
          storage={STORAGE}
          shouldPersistHeaders={false}
          inputValueDeprecation
          defaultEditorToolsVisibility
          {...(linked ? { initialQuery: linked.query, initialVariables: linked.variables ?? '' } : {})}
          {...opened}
        >
          <GraphiQL.Logo>{null}</GraphiQL.Logo>
          <GraphiQL.Toolbar>
            {({ prettify, copy, merge }) => (
              <>
                {prettify}
                {merge}
                {copy}
                <CopyLink />
              </>
            )}
          </GraphiQL.Toolbar>
        </GraphiQL>
      </main>
    </div>
  )
}
