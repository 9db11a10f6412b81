// The storm told in order: its gravest incidents with their turns, and the worst moment. Pure.
import type { StormReport } from '../contract/history.ts'
import type { Says } from '../contract/shapes.ts'

export type Worst = Omit<StormReport['worst'][number], 'started_at' | 'first_arrival_at' | 'restored_at'> & {
  started_at: Date
  first_arrival_at: Date | null
  restored_at: Date | null
}

type Entry = StormReport['timeline'][number]

/** In order of time; what lies outside the period is left out. */
export function timelineOf(
  worst: Worst[],
  peak: { at: string; customers_out: number } | null,
  { from, to }: { from: Date; to: Date },
  timezone: string,
): Entry[] {
  const entries = worst.flatMap((each) => turnsOf(each, timezone))
  if (peak)
    entries.push({
      at: peak.at,
      kind: 'peak',
      incident_id: null,
      says: {
        zh: `停电最多：${grouped(peak.customers_out)}户。`,
        en: `The worst moment: ${customersIn(peak.customers_out)} out.`,
      },
    })
  return entries
    .filter(({ at }) => at >= from.toISOString() && at < to.toISOString())
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

function turnsOf(incident: Worst, timezone: string): Entry[] {
  const { id, number, place, customers } = incident
  const since = timeOrDate(incident.started_at, incident.restored_at ?? incident.started_at, timezone)
  const entry = (at: Date | null, kind: string, zh: string, en: string): Entry[] =>
    at ? [{ at: at.toISOString(), kind, incident_id: id, says: { zh, en } }] : []
  return [
    ...entry(
      incident.started_at,
      'started',
      `${place}停电，影响${grouped(customers)}户（第${number}号）。`,
      `${place} loses supply: ${customersIn(customers)} (no. ${number}).`,
    ),
    ...entry(incident.first_arrival_at, 'arrived', `抢修班组到达${place}。`, `A crew arrives at ${place}.`),
    ...entry(
      incident.restored_at,
      'restored',
      `${place}恢复供电，自${since.zh}起停电。`,
      `${place} has supply again, out since ${since.en}.`,
    ),
  ]
}

/** As the figures beside it are written, in both languages. */
const grouped = (count: number) => count.toLocaleString('en')
const customersIn = (count: number) => (count === 1 ? '1 customer' : `${grouped(count)} customers`)

/** 14:05, with its day where that is not the day of `now`. */
function timeOrDate(at: Date, now: Date, timeZone: string): Says {
  const time = at.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
  const dayOf = (instant: Date) => instant.toLocaleDateString('sv-SE', { timeZone })
  if (dayOf(at) === dayOf(now)) return { zh: time, en: time }
  return {
    zh: `${at.toLocaleDateString('zh-CN', { timeZone, month: 'long', day: 'numeric' })}${time}`,
    en: `${at.toLocaleDateString('en-GB', { timeZone, month: 'short', day: 'numeric' })} ${time}`,
  }
}
