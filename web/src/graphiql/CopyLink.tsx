import { ToolbarButton, useGraphiQL } from '@graphiql/react'
import { useEffect, useState } from 'react'
import { copy } from '../ui/CopyButton'
import { Icon } from '../ui/Icon'
import { linkTo } from './link'

const SHOWN = 1_500

/** Copies an address that opens this page with the operation that is shown. */
export function CopyLink() {
  const tab = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex])
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN)
    return () => clearTimeout(timer)
  }, [copied])
  const link = () => `${location.origin}${location.pathname}${linkTo({ query: tab?.query ?? '', variables: tab?.variables ?? null })}`
  return (
    <ToolbarButton label={copied ? 'Copied' : 'Copy a link to this operation'} onClick={() => void copy(link()).then(() => setCopied(true))}>
      <Icon name={copied ? 'check' : 'link'} size={18} />
    </ToolbarButton>
  )
}
