// Meters' last gasps and returns, up to 10,000 a call. Repeats and stale words are dropped, what an open incident already
// explains is counted there and goes no further, the rest is weighed by the model feeder by feeder.
import type { KeptAside, MeterCounts, MeterEvent } from '../contract/incidents.ts'
import type { Transaction } from '../database/index.ts'
import { keepPieces, type Arriving } from './arriving.ts'
import { lockUnits } from './engine.ts'
import type { GridHolder, GridModel } from './grid-model.ts'
import { explains } from './rules.ts'
import { settleUnits } from './settle-units.ts'
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
  is_connected: boolean
  is_weighed: boolean
  known_kind: MeterEvent['kind'] | null
  known_at: Date | null
  incident_id: string | null
  planned_outage_id: string | null
  incident_status: 'suspected' | 'probable' | 'confirmed' | 'partly_restored' | null
  incident_kind: string | null
}

/** The last call under way on each grid. */
const underWay = new WeakMap<GridHolder, Promise<unknown>>()

/**
 * Takes `events` in, in one transaction; answers what became of them. Calls that come at once are taken one after the other: in
 * a storm they are about the same feeders, and waiting for each other's locks took twice as long.
 */
export function hearMeters(deps: IncidentDeps, events: MeterEvent[], actor: string): Promise<MeterCounts> {
  const take = () => takeIn(deps, events, actor)
  const taken = (underWay.get(deps.grid) ?? Promise.resolve()).then(take)
  underWay.set(
    deps.grid,
    taken.catch(() => {}),
  )
  return taken
}

async function takeIn(deps: IncidentDeps, events: MeterEvent[], actor: string): Promise<MeterCounts> {
  const now = deps.now()
  const timely = events.filter((event) => new Date(event.at).getTime() <= now.getTime() + clockSkew_ms)
  return withModel(deps, async (transaction, model) => {
    const placed = await transaction.rows<Placed>('incidents/take_meter_events', {
      meters: timely.map((event) => event.meter_no),
      kinds: timely.map((event) => event.kind),
      instants: timely.map((event) => event.at),
    })
    const { news, duplicate, stale } = sift(placed)
    transaction.send('incidents/put_meter_states', {
      points: news.map((each) => each.service_point_id),
      kinds: news.map((each) => each.kind),
      instants: news.map((each) => each.at),
    })
    const explained = news.filter(isExplained)
    await keepUnsettled(transaction, explained)
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
      kept_aside: keptAside(events, timely, placed),
      incidents,
    }
  })
}

/** Kept aside events that an answer names; the first few tell what is wrong with the rest. */
const asideShown = 20

/** What was not judged, and why: meters that nobody has, and clocks that run ahead. */
function keptAside(events: MeterEvent[], timely: MeterEvent[], placed: Placed[]): KeptAside[] {
  if (placed.length === events.length) return []
  const known = new Set(placed.map(({ position }) => timely[position - 1]))
  const inTime = new Set(timely)
  const aside = events.filter((event) => !known.has(event)).slice(0, asideShown)
  return aside.map((event) => ({
    meter_no: event.meter_no,
    at: event.at,
    reason: inTime.has(event)
      ? {
          zh: `没有用户装有电表${event.meter_no}：请先导入其档案`,
          en: `No customer has meter ${event.meter_no}: import it first`,
        }
      : {
          zh: `${event.at}尚未到来：电表${event.meter_no}的时钟不准`,
          en: `${event.at} is still to come: the clock of meter ${event.meter_no} is wrong`,
        },
  }))
}

/** A meter that says after this long again that it is dark, and is taken to have supply, was not believed or not heard to come back. */
const again_ms = 5 * 60_000

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
    else if (known && each.kind === known.kind && !isDarkAgain(each, known.at)) duplicate++
    else {
      latest.set(each.service_point_id, { kind: each.kind, at })
      news.push(each)
    }
  }
  return { news, duplicate, stale }
}

/** A household that was disconnected is dark whenever it is asked; what is being weighed already weighs no more for a repeat. */
function isDarkAgain({ kind, at, is_connected, is_weighed, ...by }: Placed, saidAt: number): boolean {
  const isTakenToBeLit = is_connected && by.incident_id === null && by.planned_outage_id === null
  return kind === 'power_off' && isTakenToBeLit && !is_weighed && at.getTime() - saidAt >= again_ms
}

/**
 * A power-off below an incident that the model may no longer move says what is known; a power-on there speaks against it, or
 * for its end: it is counted there too, for whoever verifies. What a planned outage switched off is no sign of a fault.
 */
function isExplained(each: Placed): boolean {
  if (each.planned_outage_id !== null) return true
  return explains(each.incident_status)
}

function arrivingOf(each: Placed): Arriving {
  const { section, kind, at, service_point_id, transformer_id } = each
  return { section, kind, at, service_point_id, transformer_id }
}

/** What an incident explains is counted to it and needs no settling: where the network is not loaded yet, it waits as it is. */
function keepUnsettled(transaction: Transaction, pieces: Placed[]): Promise<number> {
  return keepPieces(
    transaction,
    pieces.map((each) => ({
      ...arrivingOf(each),
      incident_id: isExplained(each) ? each.incident_id : null,
      cleared_at: isExplained(each) ? each.at : null,
    })),
  )
}

/** Settles every unit that heard something new, once for all that it heard; all of them are locked first. */
async function settleAll(
  transaction: Transaction,
  model: GridModel,
  news: Placed[],
  now: Date,
  actor: string,
): Promise<string[]> {
  const { ids } = model.network.transformers
  const isLoaded = (each: Placed) => ids.find(each.transformer_id) >= 0
  await keepUnsettled(
    transaction,
    news.filter((each) => !isLoaded(each)),
  )
  const arriving = news.filter(isLoaded).map(arrivingOf)
  const locked = await lockUnits(transaction, model, new Set(arriving.map((piece) => ids.find(piece.transformer_id))))
  return settleUnits({ transaction, model, now, actor }, locked, arriving)
}
