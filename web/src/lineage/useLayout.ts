import { useEffect, useRef, useState } from 'react'
import type { Layout, LayoutInput } from './layout/graph'
import type { Scene, SceneLink } from './scene'
import { sizeOf } from './sizes'

/** A scene with where its cards and links are. */
export interface Picture {
  scene: Scene
  layout: Layout
  /** Where each card stands in `scene.cards`. */
  index: Map<string, number>
}

const LETTER = 6.4
const AROUND_LETTERS = 14
const MOST_LETTERS = 18

/** The words on a link, short enough to stand between two columns: what the run asked by, with "?" if that is deduced. */
export function linkLabel({ label, inferred }: Pick<SceneLink, 'label' | 'inferred'>): string {
  if (!label) return ''
  const short = label.length > MOST_LETTERS ? `${label.slice(0, MOST_LETTERS - 1)}…` : label
  return inferred ? `${short}?` : short
}

export function labelWidth(link: Pick<SceneLink, 'label' | 'inferred'>): number {
  const words = linkLabel(link)
  return words ? words.length * LETTER + AROUND_LETTERS : 0
}

function inputOf({ cards, links }: Scene, index: Map<string, number>): LayoutInput {
  return {
    boxes: cards.map((card) => ({
      ...sizeOf(card),
      parity: (card.kind === 'cluster' ? card.of : card.kind) === 'run' ? 1 : 0,
    })),
    links: Uint32Array.from(links.flatMap(({ source, target }) => [index.get(source)!, index.get(target)!])),
    labels: Uint16Array.from(links, labelWidth),
  }
}

interface Waiting {
  turn: number
  scene: Scene
  index: Map<string, number>
}

/** The picture of a scene, made by the worker. The former one stays until the next is there; answers out of date go. Throws
 * where the worker can't be loaded, or fails. */
export function useLayout(scene: Scene | null): Picture | null {
  const worker = useRef<Worker | null>(null)
  const waiting = useRef<Waiting | null>(null)
  const [picture, setPicture] = useState<Picture | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    const own = new Worker(new URL('./layout/layout.worker.ts', import.meta.url), { type: 'module' })
    own.addEventListener('message', ({ data }: MessageEvent<{ turn: number; layout: Layout }>) => {
      const asked = waiting.current
      if (asked?.turn === data.turn) setPicture({ scene: asked.scene, index: asked.index, layout: data.layout })
    })
    own.addEventListener('error', () => setFailed(true))
    worker.current = own
    return () => {
      own.terminate()
      worker.current = null
    }
  }, [])
  useEffect(() => {
    if (!scene || !worker.current) return
    const index = new Map(scene.cards.map(({ id }, at) => [id, at]))
    const turn = (waiting.current?.turn ?? 0) + 1
    waiting.current = { turn, scene, index }
    worker.current.postMessage({ turn, input: inputOf(scene, index) })
  }, [scene])
  if (failed) throw new Error('The map can’t be laid out.')
  return scene && picture
}
