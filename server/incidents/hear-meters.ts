// Meters' last gasps and returns, up to 10,000 a call. Repeats and stale words are dropped, what an open incident already
// explains is counted there and goes no further, the rest is weighed by the model feeder by feeder.
import type { MeterCounts, MeterEvent } from '../contract/incidents.ts'
import type { Transaction } from '../database/index.ts'
import { lockUnit } from './engine.ts'
import type { GridModel } from './grid-model.ts'
import { movableStates } from './rules.ts'
import { settleUnit } from './settle.ts'
import { withModel, type IncidentDeps } from './with-incident.ts'

/** A clock may run ahead by this much before its word is refused. */
const clockSkew_ms = 2 * 60_000

type Placed = {
  position: number
  kind: MeterEvent['kind']
  at: Date
  service_point_id: string
  transformer_id: string
  section: string
  known_kind: MeterEvent['kind'] | null
  known_at: Date | null
  incident_id: string | null
  incident_status: 'suspected' | 'probable' | 'confirmed' | 'partly_restored' | null
  incident_kind: string | null
}

/** Takes `events` in, in one transaction; answers what became of them. */
export async function hearMeters(deps: IncidentDeps, events: MeterEvent[], actor: string): Promise<MeterCounts> {
  const now = deps.now()
  const timely = events.filter((event) => new Date(event.at).getTime() <= now.getTime() + clockSkew_ms)
  return withModel(deps, async (transaction, model) => {
    const placed = await transaction.rows<Placed>('incidents/take_meter_events', {
      meters: timely.map((event) => event.meter_no),
      kinds: timely.map((event) => event.kind),
      instants: timely.map((event) => event.at),
    })
    const { news, duplicate, stale } = sift(placed)
    await transaction.touch('incidents/put_meter_states', {
      points: news.map((each) => each.service_point_id),
      kinds: news.map((each) => each.kind),
      instants: news.map((each) => each.at),
    })
    const explained = news.filter(isExplained)
    await addPieces(transaction, explained)
    const rest = news.filter((each) => !isExplained(each))
    const incidents = await settleAll(transaction, model, rest, now, actor)
    return {
      received: events.length,
      taken: news.length,
      duplicate,
      stale,
      unknown_meter: timely.length - placed.length,
      in_future: events.length - timely.length,
      already_explained: explained.length,
      incidents,
    }
  })
}

/** What is news: not said before, not older than what the meter said last; within a call, the order of instants counts. */
function sift(placed: Placed[]): { news: Placed[]; duplicate: number; stale: number } {
  const latest = new Map<string, { kind: MeterEvent['kind']; at: number }>()
  const news: Placed[] = []
  let [duplicate, stale] = [0, 0]
  for (const each of [...placed].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    const known =
      latest.get(each.service_point_id) ??
      (each.known_kind && each.known_at ? { kind: each.known_kind, at: each.known_at.getTime() } : null)
    const at = each.at.getTime()
    if (known && at === known.at && each.kind === known.kind) duplicate++
    else if (known && at < known.at) stale++
    else if (known && each.kind === known.kind) duplicate++
    else {
      latest.set(each.service_point_id, { kind: each.kind, at })
      news.push(each)
    }
  }
  return { news, duplicate, stale }
}

/**
 * A power-off below an incident that the model may no longer move says what is known; a power-on there speaks against it, or
 * for its end: it is counted there too, for whoever verifies.
 */
function isExplained(each: Placed): boolean {
  return each.incident_status !== null && !movableStates.includes(each.incident_status)
}

async function addPieces(transaction: Transaction, news: Placed[]): Promise<void> {
  if (news.length === 0) return
  const pieces = news.map((each) => ({
    section: each.section,
    kind: each.kind,
    at: each.at,
    service_point_id: each.service_point_id,
    transformer_id: each.transformer_id,
    incident_id: isExplained(each) ? each.incident_id : null,
    cleared_at: isExplained(each) ? each.at : null,
  }))
  await transaction.touch('incidents/add_evidence', { pieces: JSON.stringify(pieces) })
}

/** Settles every unit that heard something new, in the order of their first section, as every other caller locks them. */
async function settleAll(
  transaction: Transaction,
  model: GridModel,
  news: Placed[],
  now: Date,
  actor: string,
): Promise<string[]> {
  const bySection = groupBySection(news)
  const changed = new Set<string>()
  for (const [, pieces] of [...bySection].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const transformer = model.network.transformers.ids.find(pieces[0]!.transformer_id)
    if (transformer < 0) {
      await addPieces(transaction, pieces)
      continue
    }
    // Evidence is numbered under the lock, so that an engine never passes over a number that is still to be committed.
    const { unit, sections } = await lockUnit(transaction, model, transformer)
    await addPieces(transaction, pieces)
    for (const incident of await settleUnit({ transaction, model, sections, now, actor }, unit))
      changed.add(incident.id)
  }
  return [...changed]
}

function groupBySection(news: Placed[]): Map<string, Placed[]> {
  const groups = new Map<string, Placed[]>()
  for (const each of news) {
    const group = groups.get(each.section)
    if (group) group.push(each)
    else groups.set(each.section, [each])
  }
  return groups
}
