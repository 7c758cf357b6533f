import { memo, useMemo } from 'react'
import { arrowData, LABEL_HEIGHT, pathData, placeLabels } from './curves'
import type { Marks } from './marks'
import type { SceneLink } from './scene'
import { labelWidth, linkLabel, type Picture } from './useLayout'

interface EdgeLayerProps {
  picture: Picture
  marks: Marks
}

/** The links of a map that is not big, as SVG: what is not lit lies below what is. */
export const EdgeLayer = memo(function EdgeLayer({ picture, marks }: EdgeLayerProps) {
  const { scene, layout } = picture
  const drawn = useMemo(
    () => scene.links.map((link, at) => ({ link, at, path: pathData(layout, at), arrow: arrowData(layout, at) })),
    [scene, layout],
  )
  const labels = useMemo(() => placeLabels(layout, scene.links.map(labelWidth)), [scene, layout])
  const lit = (at: number) => marks.path?.links.has(at) ?? false
  const dim = (at: number) => (marks.path ? !lit(at) : marks.matches !== null)
  const inOrder = marks.path ? [...drawn].sort((a, b) => Number(lit(a.at)) - Number(lit(b.at))) : drawn
  return (
    <svg className="map-edges" width="1" height="1" aria-hidden="true">
      {inOrder.map(({ link, at, path, arrow }) => (
        <g
          key={`${link.source}>${link.target}`}
          className={edgeClass(link, lit(at), dim(at))}
          data-side={marks.sides?.get(link.target)}
        >
          <title>{linkWords(link)}</title>
          <path className="map-edge-reach" d={path} />
          <path className="map-edge-line" d={path} />
          <path className="map-edge-arrow" d={arrow} />
        </g>
      ))}
      {labels.map(({ link: at, x, y, width }) => {
        const link = scene.links[at]!
        return (
          <g key={at} className={`map-label ${edgeClass(link, lit(at), dim(at))}`}>
            <title>{linkWords(link)}</title>
            <rect
              x={x - width / 2}
              y={y - LABEL_HEIGHT / 2}
              width={width}
              height={LABEL_HEIGHT}
              rx={LABEL_HEIGHT / 2}
            />
            <text x={x} y={y + 4} textAnchor="middle">
              {linkLabel(link)}
            </text>
          </g>
        )
      })}
    </svg>
  )
})

function edgeClass({ indirect, inferred }: SceneLink, lit: boolean, dim: boolean): string {
  const names = ['map-edge', lit && 'is-lit', dim && 'is-dim', indirect && 'is-indirect', inferred && 'is-inferred']
  return names.filter(Boolean).join(' ')
}

function linkWords({ label, inferred, indirect, count }: SceneLink): string {
  if (indirect) return 'By way of what is hidden'
  const many = count > 1 ? `${count} edges. ` : ''
  if (!label) return `${many}From left to right`
  return `${many}Asked for as ${label}${inferred ? ', as far as can be told from what the client looked up' : ''}`
}
