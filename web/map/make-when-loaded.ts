// A map's code comes over the network. A wall that nobody touches, or a phone between two masts, would stay without its map where the
// code did not come the first time.

/** Asked for again after so long, until it has come. */
const askAgain_ms = 5000

/** Makes a map once its code is loaded; answers what ends that, and the map with it. */
export function makeWhenLoaded<Code>(load: () => Promise<Code>, make: (code: Code) => { destroy(): void }): () => void {
  let ended = false
  let made: { destroy(): void } | null = null
  let again: ReturnType<typeof setTimeout> | undefined
  const attempt = async (): Promise<void> => {
    try {
      const code = await load()
      if (!ended) made = make(code)
    } catch (reason) {
      console.warn('map:', reason)
      if (!ended) again = setTimeout(() => void attempt(), askAgain_ms)
    }
  }
  void attempt()
  return () => {
    ended = true
    clearTimeout(again)
    made?.destroy()
  }
}
