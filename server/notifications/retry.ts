// When a message that could not be sent is tried again, and when it is given up.

/** The first wait; each next one is twice as long. */
const first_s = 5
/** A channel that was down for hours is tried again within minutes of being back. */
const longest_s = 600
/** An outage message older than a day helps nobody. */
const givenUpAfter_s = 86_400

/** The next try after `tries` of them, or null when it is to be given up. `chance` from 0 to 1 spreads the herd. */
export function retryAt(
  sent: { tries: number; createdAt: Date },
  now: Date,
  chance: number,
  atLeast_s = 0,
): Date | null {
  const wait_s = Math.min(longest_s, first_s * 2 ** Math.min(sent.tries - 1, 20)) * (0.5 + chance)
  const next = new Date(now.getTime() + Math.max(wait_s, atLeast_s) * 1000)
  return next.getTime() - sent.createdAt.getTime() > givenUpAfter_s * 1000 ? null : next
}
