// One replay from file to figures: the storm is read, laid onto the network and played, and the service's own report says what
// it came to.
import type { StormReport } from '../../server/contract/history.ts'
import { holdEstimator, holdGrid } from '../../server/incidents/index.ts'
import { readStormReport } from '../../server/history/index.ts'
import { openSender } from '../../server/notifications/index.ts'
import { keepRoads } from '../../server/roads/index.ts'
import { seededRandom } from '../../server/dispatch/index.ts'
import type { Database } from '../../server/database/index.ts'
import { hashText, hashUnit } from '../generate/random.ts'
import type { ReplayArguments } from './arguments.ts'
import { trueCustomerMinutes } from './damages.ts'
import { StormRefusal, type GivenStorm, type StormOutage } from './given-storm.ts'
import { layStorm, type LaidOutage, type Place } from './lay.ts'
import { playStorm, type Played } from './play.ts'
import { openReplayDatabase } from './prepare.ts'
import { readGenerated } from './read-generated.ts'
import { readRecorded } from './read-recorded.ts'
import { startClock, type ReplayClock } from './storm-clock.ts'
import type { Customer } from './voices.ts'

/** Unless asked for more, a crew faces about this many outages of the storm: a hard week for a real one. */
const outagesPerCrew = 20
/** Messages sent at a time: nothing is waited for. */
const batch = 2000
/** The clock starts this long before the first outage, so that the network is known before. */
const lead_ms = 60 * 60_000

export type Progress = (at: Date, begun: number, repaired: number, of: number) => void

export type Outcome = {
  asked: ReplayArguments
  storm: { name: string; outages: number; taken: number; laid: number; leftOut: number; customers: number }
  played: Pick<Played, 'heard' | 'endedAt'> & { unrepaired: number; begunAt: Date }
  trueCustomerMinutes: number
  report: StormReport
  took_s: number
}

/** Reads by the file's name: newline-delimited JSON is recorded, JSON is generated. */
export async function readStorm(file: string): Promise<GivenStorm> {
  if (/\.ndjson(\.gz)?$/.test(file)) return readRecorded(file)
  if (/\.json(\.gz)?$/.test(file)) return readGenerated(file)
  throw new StormRefusal(
    `${file}: is no storm; expected recorded outages (.ndjson, .ndjson.gz) or a generated storm (.json, .json.gz)`,
  )
}

export async function replay(
  asked: ReplayArguments,
  place: { url: string | null; dataFolder: string },
  say: (line: string) => void,
  progress: Progress,
): Promise<Outcome> {
  const storm = await readStorm(asked.file)
  const first_ms = storm.outages.reduce((least, { startedAt_ms }) => Math.min(least, startedAt_ms), Infinity)
  let clock: ReplayClock = startClock(first_ms - lead_ms, 0)
  const ahead = { clock: () => clock.now() }
  const database = await openReplayDatabase({ ...place, network: asked.network, say, ...ahead })
  try {
    const begun = performance.now()
    const ground = await openGround(database, () => clock.now())
    const chosen = choose(storm, asked, ground.crews)
    const { laid, leftOut } = layStorm(ground.deps.grid.current, ground.places, ground.ownSide, chosen, asked.seed)
    if (laid.length === 0) throw new StormRefusal(`${asked.file}: nothing of it could be laid onto the network`)
    say(`${laid.length} of ${storm.outages.length} outages laid onto ${ground.places.length} transformer areas`)
    clock = startClock(Math.min(...laid.map(({ startedAt_ms }) => startedAt_ms)) - lead_ms, asked.speed)
    const begunAt = clock.now()
    const tell = (speed: number) =>
      database.touch('replay/tell_clock', {
        file: asked.file.split('/').at(-1),
        policy: asked.policy,
        storm_at: clock.now(),
        told_at: new Date(),
        speed,
      })
    await tell(asked.speed)
    const customers = await customersOf(database, laid)
    const random = seededRandom(asked.seed)
    // What nobody will get is not printed either: who was told what is read in the replay.
    const sender = openSender(database, { now: () => clock.now(), write: () => {}, exercise: true, random, batch })
    const played = await playStorm({
      ...{ deps: ground.deps, clock, policy: asked.policy, seed: asked.seed, laid, customers, sender },
      onProgress: async (at, begunCount, repaired) => {
        if (asked.speed > 0) await tell(asked.speed)
        progress(at, begunCount, repaired, laid.length)
      },
    }).finally(() => Promise.all([sender.close(), ground.close()]))
    await tell(1)
    const report = await readStormReport(database, begunAt, played.endedAt)
    return {
      asked,
      storm: {
        name: storm.name,
        outages: storm.outages.length,
        taken: chosen.length,
        laid: laid.length,
        leftOut,
        customers: laid.reduce((sum, each) => sum + each.customers, 0),
      },
      played: {
        heard: played.heard,
        begunAt,
        endedAt: played.endedAt,
        unrepaired: played.damages.filter(({ repairedAt_ms }) => repairedAt_ms === null).length,
      },
      trueCustomerMinutes: trueCustomerMinutes(played.damages, played.endedAt.getTime()),
      report,
      took_s: (performance.now() - begun) / 1000,
    }
  } finally {
    await database.close()
  }
}

async function openGround(database: Database, now: () => Date) {
  const estimator = await holdEstimator(database, now)
  const grid = await holdGrid(database, estimator)
  const kept = await keepRoads(database)
  const places = await database.rows<Place>('replay/read_places')
  const ownSide = new Set((await database.rows<{ id: string }>('replay/read_own_side')).map(({ id }) => id))
  const { rows } = await database.pool.query('select id from crew')
  if (rows.length === 0) {
    await kept.stop()
    throw new StormRefusal('the network has no crews: give a --network FOLDER with crews.csv')
  }
  const deps = { database, grid, estimator, roads: kept.roads, now }
  return { deps, places, ownSide, crews: rows.length, close: () => kept.stop() }
}

/** A share of the storm's outages, drawn by their own names: the same seed takes the same ones. */
function choose(storm: GivenStorm, { incidents, seed }: ReplayArguments, crews: number): StormOutage[] {
  const most = incidents === 'all' ? Infinity : (incidents ?? crews * outagesPerCrew)
  if (storm.outages.length <= most) return storm.outages
  const drawn = storm.outages.map((outage) => ({ outage, at: hashUnit(hashText(outage.id), seed) }))
  return drawn
    .sort((a, b) => a.at - b.at)
    .slice(0, most)
    .map(({ outage }) => outage)
}

async function customersOf(database: Database, laid: LaidOutage[]): Promise<Customer[]> {
  const transformer_ids = [...new Set(laid.flatMap(({ transformers }) => transformers))]
  return database.rows<Customer>('replay/read_customers', { transformer_ids })
}
