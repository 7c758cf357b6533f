/**
 * Does some work each time that it is asked to, but never twice at once, and not again before a pause: who asks in
 * between is served by the next turn.
 */
export function inTurn(work: () => Promise<unknown>, pause: number): () => void {
  let isAsked = false
  let isBusy = false
  return async () => {
    isAsked = true
    if (isBusy) return
    isBusy = true
    try {
      while (isAsked) {
        isAsked = false
        await work()
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
    } finally {
      isBusy = false
    }
  }
}
