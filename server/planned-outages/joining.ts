// Which planned outages are better done at once (统筹停电): those that would switch the same customers off twice. Pure.
//
//            A: 8 h to 12 h, Monday          joined: both begin together, each customer is back when the last work above
//   ──CB──────A────────┬──────B─────         them is done:
//         T1 T2        └ T3         T4          T1, T2, T3: 4 h, T4: max(4 h, 3 h), and no second outage
//            B: 8 h to 11 h, Wednesday
//
// A customer who hangs below both is out for the longer of the two instead of for one after the other, all others as before:
// the customers' hours can never become more.

const hour_ms = 3_600_000

/** One transformer that a work leaves without supply, until its own end. */
export type Patch = { transformerId: string; customers: number; endsAt: Date }
export type Work = { id: string; startsAt: Date; endsAt: Date; ground: readonly Patch[] }

export type Join = {
  ids: [string, string]
  startsAt: Date
  endsAt: Date
  /** Between the end of one and the start of the other; negative where they overlap. */
  apart_h: number
  customers: number
  /** Customers that would have been switched off a second time. */
  twice: number
  before_h: number
  after_h: number
}

const length = (work: Work, patch: Patch) => patch.endsAt.getTime() - work.startsAt.getTime()

/** Both works begun together at `startsAt`; null where that spares nobody anything. Linear in their ground. */
export function joinOf(one: Work, other: Work, startsAt: Date): Join | null {
  const [first, second] = one.startsAt <= other.startsAt ? [one, other] : [other, one]
  const sharing = new Map(second.ground.map((patch) => [patch.transformerId, patch]))
  let [before_ms, after_ms, customers, twice] = [0, 0, 0, 0]
  for (const patch of first.ground) {
    const again = sharing.get(patch.transformerId)
    const own_ms = length(first, patch)
    customers += patch.customers
    before_ms += patch.customers * own_ms
    after_ms += patch.customers * (again ? Math.max(own_ms, length(second, again)) : own_ms)
    if (!again) continue
    // While the first work still goes on, the second costs nobody anything.
    before_ms +=
      patch.customers *
      Math.max(0, again.endsAt.getTime() - Math.max(second.startsAt.getTime(), patch.endsAt.getTime()))
    if (second.startsAt > patch.endsAt) twice += patch.customers
    sharing.delete(patch.transformerId)
  }
  for (const patch of sharing.values()) {
    customers += patch.customers
    before_ms += patch.customers * length(second, patch)
    after_ms += patch.customers * length(second, patch)
  }
  if (after_ms >= before_ms) return null
  const longest_ms = Math.max(...[first, second].map((work) => work.endsAt.getTime() - work.startsAt.getTime()))
  return {
    ids: [first.id, second.id],
    startsAt,
    endsAt: new Date(startsAt.getTime() + longest_ms),
    apart_h: (second.startsAt.getTime() - first.endsAt.getTime()) / hour_ms,
    customers,
    twice,
    before_h: before_ms / hour_ms,
    after_h: after_ms / hour_ms,
  }
}

/** When to begin both: the earlier of the two starts that still leaves `needed_h` of notice, else the later one. */
export function joinedStart(one: Work, other: Work, now: Date, needed_h: number): Date {
  const [first, second] = one.startsAt <= other.startsAt ? [one, other] : [other, one]
  return first.startsAt.getTime() - now.getTime() >= needed_h * hour_ms ? first.startsAt : second.startsAt
}

/** Works further apart than this are no near miss: material, weather and crews are other ones by then. */
export const nearMiss_h = 14 * 24

/** All pairs worth joining, the most customers' hours spared first, at most `limit`. Cost: pairs that share a transformer × ground. */
export function findJoins(works: readonly Work[], startOf: (one: Work, other: Work) => Date, limit: number): Join[] {
  const byTransformer = new Map<string, Work[]>()
  const pairs = new Map<string, [Work, Work]>()
  for (const work of works)
    for (const { transformerId } of work.ground) {
      const there = byTransformer.get(transformerId) ?? []
      for (const other of there) pairs.set(`${other.id}\n${work.id}`, [other, work])
      byTransformer.set(transformerId, [...there, work])
    }
  const joins = [...pairs.values()]
    .map(([one, other]) => joinOf(one, other, startOf(one, other)))
    .filter((join) => join !== null)
    .filter((join) => join.apart_h <= nearMiss_h)
  const spared = (join: Join) => join.before_h - join.after_h
  return joins.sort((a, b) => spared(b) - spared(a) || (a.ids.join() < b.ids.join() ? -1 : 1)).slice(0, limit)
}
