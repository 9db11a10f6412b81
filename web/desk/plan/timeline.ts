// The plan's stops as bars on one axis of time. Pure.
import type { PlanView, PlannedStop } from '../../../server/contract/plans.ts'
import { roundTicks, type TimeTick } from '../../text/round-ticks.ts'

/** Shares of the axis, 0 to 1. */
export type Bar = { stop: PlannedStop; leaves: number; arrives: number; done: number }
export type Row = { crewId: string; crewName: string; bars: Bar[]; canOffer: boolean }
export type Axis = { from: number; to: number; ticks: (TimeTick & { share: number })[] }

const hour_ms = 3_600_000

/** From the plan's making to its last stop done, in whole half hours; ticks on the clock of the network's time zone. */
export function axisOf(plan: PlanView, timeZone?: string): Axis {
  const from = Date.parse(plan.made_at)
  const last = Math.max(from, ...plan.crews.flatMap(({ stops }) => stops.map((stop) => Date.parse(stop.completes_at))))
  const to = from + Math.max(1, Math.ceil((last - from) / (hour_ms / 2))) * (hour_ms / 2)
  const ticks = roundTicks(from, to, timeZone).map((tick) => ({ ...tick, share: (tick.at - from) / (to - from) }))
  return { from, to, ticks }
}

/** Crews with stops first, by when they are first there; those with nothing to do after them. */
export function rowsOf(plan: PlanView, { from, to }: Axis): Row[] {
  const share = (at: number) => Math.min(1, Math.max(0, (at - from) / (to - from)))
  const rows = plan.crews.map(({ crew_id, crew_name, stops }): Row => {
    const bars = stops.map((stop): Bar => {
      const arrives = Date.parse(stop.arrives_at)
      return {
        stop,
        leaves: share(arrives - stop.travel_s * 1000),
        arrives: share(arrives),
        done: share(Date.parse(stop.completes_at)),
      }
    })
    return { crewId: crew_id, crewName: crew_name, bars, canOffer: stops[0]?.committed === false }
  })
  const first = ({ bars }: Row) => bars[0]?.arrives ?? 2
  return rows.sort((a, b) => first(a) - first(b) || (a.crewId < b.crewId ? -1 : 1))
}
