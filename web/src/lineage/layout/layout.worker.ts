import type { LayoutInput } from './graph'
import { layOut } from './layout'

/** Lays out off the main thread, so that panning goes on meanwhile. Answers carry the number of their question. */
addEventListener('message', ({ data }: MessageEvent<{ turn: number; input: LayoutInput }>) => {
  const layout = layOut(data.input)
  const { places, columns, routes, offsets, back } = layout
  postMessage({ turn: data.turn, layout }, [
    places.buffer,
    columns.buffer,
    routes.buffer,
    offsets.buffer,
    back.buffer,
  ] as Transferable[])
})
