// From when a call counts. Its caller may say since when they are out; a slip, a phone whose clock was never set or ill will must not
// open an incident of another year, which every index would add up. Pure.
import { isStranger } from '../access/index.ts'

/** Who is out overnight may find it in the morning. */
const believed_ms = 24 * 3_600_000
/** Who has not signed in may be anybody, and opens an incident by their word alone. */
const believedOfStranger_ms = 2 * 3_600_000

/** The instant that `taker`'s caller said; when the call was `taken` where that is further back than is believed of them. */
export function believedAt(said: Date, taken: Date, taker: string): Date {
  return unlessOlder(said, taken, isStranger(taker) ? believedOfStranger_ms : believed_ms)
}

/** The instant from which a call is evidence `now`: its own, unless it waited for its place for more than a day. */
export function evidentFrom(believed: Date, now: Date): Date {
  return unlessOlder(believed, now, believed_ms)
}

function unlessOlder(at: Date, than: Date, by_ms: number): Date {
  return than.getTime() - at.getTime() > by_ms ? than : at
}
