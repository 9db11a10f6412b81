// One storm night by script, on any network that has the parts it names: a breaker by telemetry, a fuse by calls, a transformer
// by meters, a merge, a split, a tie closed, a nested "still out". Beside it a recount that knows nothing of incidents.
import { expect } from 'vitest'
import type { IncidentSummary, TelemetryAnswer } from '../../server/contract/incidents.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { minute, type TestApp } from '../fixtures/app.ts'

/** Someone who has supply to lose. */
export type Point = { id: string; account_no: string; meter_no: string }

/**
 * What the night happens to. Feeder one: breaker, then `before`, then `line`, then `beyond`, which `tie` can feed from feeder two;
 * `nested` is one of `beyond`. Feeder two: `fuse` with `fused` below it, and elsewhere `metered` and `second`.
 */
export type Ground = {
  breaker: string
  line: string
  tie: string
  before: string[]
  beyond: string[]
  nested: string
  fuse: string
  fused: string[]
  metered: string
  second: string
  pointsOf(transformer: string): Point[]
}

type Spell = { point: string; from: number; to: number }

/** When each service point went dark and was lit again, in minutes: from the script alone. */
class Recount {
  readonly dark = new Map<string, number>()
  readonly spells: Spell[] = []
  readonly #ground: Ground

  constructor(ground: Ground) {
    this.#ground = ground
  }
  #points(transformers: string[]) {
    return transformers.flatMap((each) => this.#ground.pointsOf(each)).map(({ id }) => id)
  }
  goDark(from: number, ...transformers: string[]) {
    for (const point of this.#points(transformers)) if (!this.dark.has(point)) this.dark.set(point, from)
  }
  light(to: number, ...transformers: string[]) {
    for (const point of this.#points(transformers)) {
      this.spells.push({ point, from: this.dark.get(point)!, to })
      this.dark.delete(point)
    }
  }
  /** They never had supply: what was counted as over was not. */
  wasNeverLit(transformer: string) {
    for (const point of this.#points([transformer])) {
      const at = this.spells.findIndex((each) => each.point === point)
      this.dark.set(point, this.spells.splice(at, 1)[0]!.from)
    }
  }
}

/** Plays the night and holds every service point's interruptions against the recount, to the second. */
export async function playStormNight(at: TestApp, ground: Ground): Promise<void> {
  const recount = new Recount(ground)
  const transformer = await play(at, ground, recount)
  const told = await at.sql<{ point: string; started_at: Date; ended_at: Date | null }>(
    'select service_point_id as point, started_at, ended_at from interruption',
  )
  const inOrder = <Row extends { point: string }>(rows: Row[]) => rows.sort((a, b) => (a.point < b.point ? -1 : 1))
  expect(recount.dark.size).toBe(0)
  expect(inOrder(told)).toEqual(
    inOrder(recount.spells.map(({ point, from, to }) => ({ point, started_at: minute(from), ended_at: minute(to) }))),
  )
  const states = await at.sql<{ id: string; status: string }>(
    'select id, status from incident where merged_into is null',
  )
  expect(states.filter((each) => each.status !== 'restored')).toEqual([])
  expect(states.map((each) => each.id)).toContain(transformer)
}

async function play(at: TestApp, ground: Ground, recount: Recount): Promise<string> {
  const { breaker, line, tie, before, beyond, nested, fuse, fused, metered, second } = ground
  const doing = deedsOn(at)
  const first = (transformer: string) => ground.pointsOf(transformer)[0]!
  const callers = (count: number, ...transformers: string[]) =>
    transformers.flatMap((each) => ground.pointsOf(each)).slice(0, count)

  doing.clock(1)
  const tripped = (await doing.telemetry(breaker, 'open', 0, false)).incident_id!
  recount.goDark(0, ...before, ...beyond)

  doing.clock(5)
  for (const { account_no } of callers(4, ...fused)) await doing.call(account_no)
  const blown = await doing.incidentOf(first(fused[0]!))
  await doing.step(blown, 'confirm', { equipment_id: fuse })
  recount.goDark(5, ...fused)

  doing.clock(11)
  await doing.meters('power_off', 10, ground.pointsOf(metered))
  recount.goDark(10, metered)
  const gasped = await doing.incidentOf(first(metered))

  doing.clock(12)
  for (const { account_no } of callers(3, second)) await doing.call(account_no)
  const other = await doing.incidentOf(first(second))
  await doing.step(other, 'confirm', { equipment_id: second })
  recount.goDark(12, second)

  doing.clock(14)
  await doing.step(blown, 'merge', { incident_ids: [other] })
  doing.clock(16)
  const split = await doing.step(blown, 'split', { equipment_id: second })

  doing.clock(20)
  await doing.telemetry(line, 'open', 18, true)
  await doing.telemetry(tie, 'closed', 20, true)
  recount.light(20, ...beyond)
  expect(await doing.incidentOf(first(before[0]!))).toBe(tripped)

  doing.clock(22)
  for (const { account_no } of callers(4, nested)) await doing.call(account_no)
  const stillOut = await doing.incidentOf(first(nested))
  expect(stillOut).not.toBe(tripped)
  await doing.step(stillOut, 'confirm', { equipment_id: nested })
  recount.wasNeverLit(nested)

  doing.clock(50)
  await doing.step(tripped, 'restore', { at: minute(30) })
  recount.light(30, ...before)
  await doing.step(stillOut, 'restore', { transformer_ids: [nested], at: minute(35) })
  recount.light(35, nested)
  await doing.step(split.id, 'restore', { at: minute(42) })
  recount.light(42, second)
  await doing.step(blown, 'restore', { at: minute(40) })
  recount.light(40, ...fused)
  await doing.meters('power_on', 45, ground.pointsOf(metered))
  recount.light(45, metered)
  return gasped
}

function deedsOn(at: TestApp) {
  const post = async <Body>(path: string, body: object): Promise<Body> => {
    const answer = await at.call<Body>('POST', path, body)
    expect(answer).toMatchObject({ status: path === '/api/reports' ? 201 : 200 })
    return answer.body
  }
  return {
    clock: (minutes: number) => {
      at.clock.now = minute(minutes)
    },
    call: (account_no: string) => post<ReportAnswer>('/api/reports', { channel: 'hotline', account_no }),
    step: (id: string, verb: string, body: object) => post<IncidentSummary>(`/api/incidents/${id}/${verb}`, body),
    telemetry: (equipment_id: string, state: 'open' | 'closed', minutes: number, commanded: boolean) =>
      post<TelemetryAnswer>('/api/telemetry', { equipment_id, state, commanded, at: minute(minutes) }),
    meters: (kind: string, minutes: number, points: Point[]) =>
      post(
        '/api/meter-events',
        points.map(({ meter_no }) => ({ meter_no, kind, at: minute(minutes) })),
      ),
    /** Who is out by what. */
    incidentOf: async ({ id }: Point) => {
      const [open] = await at.sql<{ incident_id: string }>(
        'select incident_id from interruption where service_point_id = $1 and ended_at is null',
        [id],
      )
      return open!.incident_id
    },
  }
}
