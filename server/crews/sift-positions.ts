// Which of a batch of positions can be, and which are doubted. Pure.

export type GivenPosition = {
  at?: string | undefined
  lon: number
  lat: number
  accuracy_m?: number
  speed_mps?: number
  heading?: number
}
export type SiftedPosition = Omit<GivenPosition, 'at'> & { at: Date }

/** A clock may run ahead by this much. */
const clockSkew_ms = 2 * 60_000
/** No repair vehicle drives faster than 180 km/h. */
const fastest_mps = 50
/** Two fixes this close say nothing about speed: a receiver jumps by tens of metres. */
const jitter_m = 200

const metresPerDegree = 111_195

/** Metres between two points, flat over the few kilometres between two fixes. */
function distance_m(one: { lon: number; lat: number }, other: { lon: number; lat: number }): number {
  const x = (one.lon - other.lon) * Math.cos(((one.lat + other.lat) / 2) * (Math.PI / 180))
  return Math.hypot(x, one.lat - other.lat) * metresPerDegree
}

type Said = { at: string; reason: string }

/**
 * Sorts `given` by its own instants, refuses what cannot be (no time, 0,0 or the future), and names what is doubted: a place that no
 * vehicle reaches from the one before. What is doubted is kept all the same: whether a leap is believed must not depend on
 * the order in which a phone's backlog comes in, so the track has the last word (crews/move_crew). `last` is where the crew is.
 */
export function siftPositions(
  given: GivenPosition[],
  last: { lon: number; lat: number; at: Date } | null,
  now: Date,
): { taken: SiftedPosition[]; refused: Said[]; doubted: Said[] } {
  const taken: SiftedPosition[] = []
  const refused: Said[] = []
  const doubted: Said[] = []
  const inOrder = given
    .map((each) => ({ ...each, at: new Date(each.at ?? Number.NaN), said: each.at ?? '' }))
    .sort((a, b) => a.at.getTime() - b.at.getTime())
  for (const { said, ...each } of inOrder) {
    const before = taken[taken.length - 1] ?? (last && last.at < each.at ? last : null)
    const wrong = whyNot(each, now)
    const leap = wrong ? null : leapFrom(each, before)
    if (wrong) refused.push({ at: said, reason: wrong })
    else taken.push(each)
    if (leap) doubted.push({ at: said, reason: leap })
  }
  return { taken, refused, doubted }
}

function whyNot(position: SiftedPosition, now: Date): string | null {
  if (Number.isNaN(position.at.getTime())) return 'at is missing: when it was there cannot be guessed'
  if (Math.abs(position.lon) < 1e-6 && Math.abs(position.lat) < 1e-6)
    return 'lon and lat are 0: the receiver had no fix'
  if (position.at.getTime() > now.getTime() + clockSkew_ms)
    return 'at is in the future: the clock of the phone is wrong'
  return null
}

function leapFrom(position: SiftedPosition, before: { lon: number; lat: number; at: Date } | null): string | null {
  if (!before) return null
  const gap_s = (position.at.getTime() - before.at.getTime()) / 1000
  const leap_m = distance_m(position, before)
  if (leap_m > jitter_m && leap_m / Math.max(gap_s, 1) > fastest_mps)
    return `${Math.round(leap_m)} m in ${Math.round(gap_s)} s: faster than a vehicle can go`
  return null
}
