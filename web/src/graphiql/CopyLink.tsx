import { ToolbarButton, useGraphiQL } from '@graphiql/react'
import { Icon } from '../ui/Icon'
import { useCopy } from '../ui/useCopy'
import { linkTo } from './link'

/** Copies an address that opens this page with the operation that is shown. */
export function CopyLink() {
  const tab = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex])
  const { copied, copy } = useCopy()
  const link = () =>
    `${location.origin}${location.pathname}${linkTo({ query: tab?.query ?? '', variables: tab?.variables ?? null })}`
  return (
    <ToolbarButton label={copied ? 'Copied' : 'Copy a link to this operation'} onClick={() => copy(link())}>
      <Icon name={copied ? 'check' : 'link'} size={18} />
    </ToolbarButton>
  )
}
