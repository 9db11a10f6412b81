// What is heard of an outage and when: switchgear that tells of itself, meters' last gasps and returns, and people who call.
import type { Random } from '../../server/dispatch/index.ts'
import type { MeterEvent } from '../../server/contract/incidents.ts'
import type { LaidOutage } from './lay.ts'

export type Customer = { id: string; transformer_id: string; account_no: string; meter_no: string | null }

/** Something said at an instant; meters come in one batch. */
export type Voice =
  | { kind: 'call'; at_ms: number; account_no: string }
  | { kind: 'meters'; at_ms: number; events: MeterEvent[] }
  | { kind: 'telemetry'; at_ms: number; equipment_id: string; state: 'open' | 'closed'; commanded: boolean }

/** Of meters that lose supply, this share gets its last word out; a concentrator hands them on after so long. */
const gasps = { share: 0.6, after_ms: 60_000 }
/** The most meters of one outage that speak: a feeder's worth is as good as a substation's. */
const mostMeters = 300
/** People call after ten minutes on average; about one in twenty-five households does, and somebody always. */
const calls = { mean_ms: 10 * 60_000, share: 0.04, most: 6 }

/** The outage's own customers, in a drawn order. */
export function customersBelow(outage: LaidOutage, byTransformer: Map<string, Customer[]>, random: Random): Customer[] {
  const points = outage.points && new Set(outage.points)
  const all = outage.transformers.flatMap((each) => byTransformer.get(each) ?? [])
  const below = points ? all.filter(({ id }) => points.has(id)) : all
  for (let at = below.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[below[at], below[other]] = [below[other]!, below[at]!]
  }
  return below
}

/** All that is heard of an outage's beginning. */
export function voicesOf(outage: LaidOutage, below: Customer[], random: Random): Voice[] {
  const { startedAt_ms } = outage
  const callers = below.slice(0, Math.min(calls.most, 1 + Math.floor(below.length * calls.share)))
  const voices: Voice[] = callers.map(({ account_no }) => ({
    kind: 'call',
    at_ms: startedAt_ms + Math.round(60_000 - Math.log(1 - random()) * calls.mean_ms),
    account_no,
  }))
  const events = meterEvents(below, 'power_off', startedAt_ms, random)
  if (events.length > 0) voices.push({ kind: 'meters', at_ms: startedAt_ms + gasps.after_ms, events })
  if (outage.telemetered)
    voices.push({
      kind: 'telemetry',
      at_ms: startedAt_ms + 2000,
      equipment_id: outage.device,
      state: 'open',
      commanded: false,
    })
  return voices
}

/** Meters that come back; each of them speaks, since they have supply to do it with. */
export function voicesOfReturn(below: Customer[], at_ms: number, random: Random): Voice[] {
  const events = meterEvents(below, 'power_on', at_ms, random)
  return events.length > 0 ? [{ kind: 'meters', at_ms: at_ms + gasps.after_ms, events }] : []
}

function meterEvents(below: Customer[], kind: MeterEvent['kind'], at_ms: number, random: Random): MeterEvent[] {
  const at = new Date(at_ms).toISOString()
  return below
    .filter(({ meter_no }) => meter_no !== null && (kind === 'power_on' || random() < gasps.share))
    .slice(0, mostMeters)
    .map(({ meter_no }) => ({ meter_no: meter_no!, kind, at }))
}
