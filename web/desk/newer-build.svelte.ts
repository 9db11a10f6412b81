// A new version of the desk: said calmly, and loaded by itself only while nobody is at work, because a call being taken down
// would be lost with the page.
import { watchForNewBuild } from '../live/fresh-build.ts'
import { steadyNow } from '../live/steady-clock.ts'

/** Whoever has pressed nothing for so long has left, or only watches. */
const rest_ms = 3 * 60_000
const look_ms = 2_000

const typedIn = 'input:not([type=radio], [type=checkbox], [type=range]), textarea'
const isAnythingTyped = () =>
  [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(typedIn)].some(({ value }) => value !== '')

export class NewerBuild {
  isThere = $state(false)
  #pressedAt = steadyNow()

  /** `isAtWork` says what the page's fields cannot; call the answer to stop. */
  start(page: string, isAtWork: () => boolean): () => void {
    const press = () => (this.#pressedAt = steadyNow())
    const mayLoad = () =>
      this.isThere &&
      steadyNow() - this.#pressedAt > rest_ms &&
      !document.querySelector('dialog[open]') &&
      !isAnythingTyped() &&
      !isAtWork()
    const unwatch = watchForNewBuild(page, () => (this.isThere = true))
    const timer = setInterval(() => mayLoad() && this.load(), look_ms)
    const presses = ['keydown', 'pointerdown'] as const
    for (const name of presses) addEventListener(name, press, true)
    return () => {
      unwatch()
      clearInterval(timer)
      for (const name of presses) removeEventListener(name, press, true)
    }
  }

  load() {
    location.reload()
  }
}
