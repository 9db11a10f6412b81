// The quiet line at the map's corner that says whose the map is: licences ask for it wherever the map is shown, on paper too.
import { readOrigins } from './base-map.ts'
import './origins.css'

/** A server that did not say is asked again after this long. */
const askAgain_ms = 8000

/** Adds the line to `container` once it is known; answers how to take it away. */
export function showOrigins(container: HTMLElement): () => void {
  const line = document.createElement('p')
  line.className = 'map-origins'
  let again: ReturnType<typeof setTimeout> | undefined
  const show = () =>
    void readOrigins().then(
      (origins) => {
        if (origins.length === 0) return
        line.textContent = origins.join(' · ')
        container.append(line)
      },
      () => (again = setTimeout(show, askAgain_ms)),
    )
  show()
  return () => {
    clearTimeout(again)
    line.remove()
  }
}
