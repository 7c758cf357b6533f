import { pick, useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from '@graphiql/react'
import { Icon } from '../ui/Icon'
import { EXAMPLES, titleOf, type Example } from './examples'

/** The examples beside the editor: each opens in a tab of its own, or shows the tab that has it. */
function Examples() {
  const { tabs, activeTabIndex } = useGraphiQL(pick('tabs', 'activeTabIndex'))
  const editors = useGraphiQL(pick('queryEditor', 'variableEditor'))
  const { addTab, changeTab, setOperationName } = useGraphiQLActions()
  const shown = tabs[activeTabIndex]
  const open = ({ query, variables }: Example) => {
    const there = tabs.findIndex((tab) => tab.query === query)
    if (there >= 0) return changeTab(there)
    // `addTab` names the tab it leaves by the operation that was read last, up to 100 ms ago: it may be another tab's.
    if (shown?.operationName) setOperationName(shown.operationName)
    addTab()
    editors.queryEditor?.setValue(query)
    editors.variableEditor?.setValue(variables ?? '')
  }
  return (
    <section className="examples" aria-label="Examples">
      <div className="graphiql-doc-explorer-title">Examples</div>
      <ul>
        {EXAMPLES.map((example) => (
          <li key={example.name}>
            <button
              type="button"
              aria-current={example.query === shown?.query || undefined}
              onClick={() => open(example)}
            >
              <strong>{titleOf(example)}</strong>
              <span>
                {example.about.split('`').map((words, index) => (index % 2 ? <code key={index}>{words}</code> : words))}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

export const EXAMPLES_PLUGIN: GraphiQLPlugin = {
  title: 'Examples',
  icon: () => <Icon name="list" size={20} />,
  content: Examples,
}
