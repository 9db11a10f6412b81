// What is said before anything was learned: repair times by kind of equipment, from the distribution system of the Roy
// Billinton Test System (Allan, Billinton et al., IEEE Trans. Power Systems 6(2), 1991, table of component data), as
// exponential: what is left does not depend on what has passed.

const published_hours: Record<string, number> = {
  line: 5,
  breaker: 4,
  recloser: 4,
  switch: 4,
  // Replaced, not repaired: the published 200 hours are for the workshop.
  transformer: 10,
  // Put back in: the published switching time.
  fuse: 1,
}
/** A line's: the commonest kind, and the middle of the table. */
const other_hours = 5

export const priorSource =
  'prior: repair times by equipment kind, RBTS distribution data (Allan, Billinton et al. 1991)'

/** The quantile of the remaining time in seconds for a kind of equipment, known or not. */
export const priorQuantile_s = (equipment_kind: string | undefined, share: number): number =>
  -Math.log(1 - share) * (published_hours[equipment_kind ?? ''] ?? other_hours) * 3600
