// Whether this page is marked as an exercise's. The server marks pages as it sends them: one that stayed open while the server behind
// it became an exercise, or real again, would show the one under the mark of the other, and is loaded anew.

const store = 'relight.exercise.reloaded'
/** A stored page may come back with the same mark; it is not asked for more often than this. */
const again_ms = 60_000

export const isMarked = () => document.querySelector('.relight-exercise') !== null

/** Whether the server's word fits the page's mark; where it does not, the page is loaded anew. */
export function fitsMark(exercise: boolean): boolean {
  if (exercise === isMarked()) return true
  const ago_ms = Date.now() - Number(sessionStorage.getItem(store) ?? 0)
  if (ago_ms < 0 || ago_ms > again_ms) {
    sessionStorage.setItem(store, String(Date.now()))
    location.reload()
  }
  return false
}
