// Who the crews are and where: changing a crew, taking its positions in, reading it.
import type { CrewInput, CrewView, PositionCounts } from '../contract/assignments.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Database, Queries, Transaction } from '../database/index.ts'
import { appendEvent } from '../live/index.ts'
import { siftPositions, type GivenPosition } from './sift-positions.ts'

export type CrewDeps = { database: Database; now(): Date }

/** A page of the crews, by id. */
export async function listCrews(
  queries: Queries,
  now: Date,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: CrewView[]; next_cursor: string | null }> {
  const values = { id: null, after: cursor ?? null, limit, at: now }
  const items = (await queries.rows<{ view: CrewView }>('crews/list_crews', values)).map((row) => row.view)
  return { items, next_cursor: items.length === limit ? items.at(-1)!.id : null }
}

/** One crew; throws Refusal `not_found`. */
export async function readCrew(queries: Queries, id: string, now: Date): Promise<CrewView> {
  const row = await queries.maybe<{ view: CrewView }>('crews/list_crews', { id, after: null, limit: 1, at: now })
  if (!row) throw new Refusal('not_found', { zh: `没有班组 ${id}`, en: `There is no crew ${id}` })
  return row.view
}

/** Appends the crew's event, with the crew as it is now. */
export async function tellCrew(
  transaction: Transaction,
  id: string,
  step: string,
  actor: string,
  now: Date,
): Promise<CrewView> {
  const view = await readCrew(transaction, id, now)
  await appendEvent(transaction, {
    name: 'crew',
    step,
    subject_id: id,
    incident_id: view.incident_id,
    actor,
    data: view,
  })
  return view
}

const fields = [
  'name',
  'station_id',
  'home_district',
  'skills',
  'shift_start',
  'shift_end',
  'members',
  'phone',
  'vehicle',
  'tracker_id',
  'on_loan_to',
  'off_duty',
] as const

/** Adds crew `id`, or changes what `input` gives of it; a new one needs a location. */
export function putCrew(deps: CrewDeps, id: string, input: CrewInput, actor: string): Promise<CrewView> {
  return deps.database.transaction(async (transaction) => {
    const known = await transaction.maybe<{ lon: number; lat: number }>('crews/read_position', { id })
    const place = input.location ?? known
    if (!place)
      throw new Refusal(
        'unprocessable',
        { zh: `班组 ${id} 是新建的：请给出位置`, en: `Crew ${id} is new: give its location` },
        [{ path: 'location', message: 'needed for a new crew' }],
      )
    const values = Object.fromEntries(fields.map((field) => [field, input[field] ?? null]))
    await transaction.touch('crews/put_crew', {
      id,
      ...values,
      given: Object.keys(input),
      lon: place.lon,
      lat: place.lat,
    })
    return tellCrew(transaction, id, known ? 'changed' : 'added', actor, deps.now())
  })
}

/** Takes positions of crew `id` in, in any order; the newest by its own time says where the crew is. */
export function takePositions(
  deps: CrewDeps,
  id: string,
  given: GivenPosition[],
  source: string,
  actor: string,
): Promise<PositionCounts> {
  const now = deps.now()
  return deps.database.transaction(async (transaction) => {
    const known = await transaction.maybe<{ lon: number; lat: number; position_at: Date | null }>(
      'crews/read_position',
      { id },
    )
    if (!known) throw new Refusal('not_found', { zh: `没有班组 ${id}`, en: `There is no crew ${id}` })
    const last = known.position_at ? { lon: known.lon, lat: known.lat, at: known.position_at } : null
    const { taken, refused, doubted } = siftPositions(given, last, now)
    const kept = await transaction.touch('crews/put_positions', {
      crew_id: id,
      source,
      positions: JSON.stringify(taken),
    })
    const moved = await transaction.touch('crews/move_crew', { id })
    if (moved > 0) await tellCrew(transaction, id, 'position', actor, now)
    return { taken: kept, duplicate: taken.length - kept, refused, doubted }
  })
}
