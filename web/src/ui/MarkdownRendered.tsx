import ReactMarkdown from 'react-markdown'
import remarkGfm from 'remark-gfm'

/** Whether an address is one of another host, or none at all: people write anything. */
const elsewhere = (source: string | undefined) =>
  !source || !URL.canParse(source, location.href) || new URL(source, location.href).origin !== location.origin

export default function MarkdownRendered({ text }: { text: string }) {
  return (
    <div className="markdown">
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        components={{
          a: ({ href, children }) => (
            <a href={href} {...(elsewhere(href) ? { rel: 'noreferrer nofollow', target: '_blank' } : {})}>
              {children}
            </a>
          ),
          img: ({ src, alt }) =>
            typeof src === 'string' && !elsewhere(src) ? <img src={src} alt={alt ?? ''} /> : <span>{alt}</span>,
        }}
      >
        {text}
      </ReactMarkdown>
    </div>
  )
}
