// A made storm of four outages played on the small region (tests/fixtures/region.ts), in a database of its own; and the replay's
// refusals.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readArguments } from '../../data/replay/arguments.ts'
import { StormRefusal } from '../../data/replay/given-storm.ts'
import { readStorm, replay, type Outcome } from '../../data/replay/replay.ts'
import { openDatabase, readExercise } from '../../server/database/index.ts'
import { replayFolder } from '../../data/replay/prepare.ts'
import { asSuperuser, embeddedTemplate, onServer, serverTemplate, urlOf } from '../fixtures/database.ts'
import { makeRegion } from '../fixtures/region.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'relight-replay-'))
const region = makeRegion()
const name = `relight_replay_${process.pid}`
const place = { url: onServer ? urlOf(name) : null, dataFolder: path.join(folder, 'data') }
let outcome: Outcome

/** Two of a transformer's size an hour apart, one of a fuse's, one single customer. */
const storm = {
  incidents: [
    { id: 'a', x_km: 0, y_km: 0, appearsAt_s: 0, customersOut: 10, actual_s: 1800 },
    { id: 'b', x_km: 50, y_km: 0, appearsAt_s: 600, customersOut: 1, actual_s: 900 },
    { id: 'c', x_km: 90, y_km: 0, appearsAt_s: 3600, customersOut: 12, actual_s: 2400 },
    { id: 'd', x_km: 100, y_km: 0, appearsAt_s: 3700, customersOut: 6, actual_s: 1200 },
  ],
}
const file = (named: string, text: string) => {
  const full = path.join(folder, named)
  writeFileSync(full, text)
  return full
}
const play = (policy: string) =>
  replay(
    readArguments([file('storm.json', JSON.stringify(storm)), '--network', region.folder, '--policy', policy]),
    place,
    () => {},
    () => {},
  )

beforeAll(async () => {
  if (onServer) await asSuperuser(`create database ${name} template ${serverTemplate}`)
  else cpSync(embeddedTemplate, replayFolder(place.dataFolder, region.folder), { recursive: true })
  outcome = await play('plan')
})
afterAll(async () => {
  region.remove()
  rmSync(folder, { recursive: true, force: true })
  if (onServer) await asSuperuser(`drop database if exists ${name} with (force)`)
})

it('plays every outage to its repair, and the service counts what really was to within the time until it hears of the repair', () => {
  expect(outcome.storm).toMatchObject({ outages: 4, laid: 4, leftOut: 0 })
  expect(outcome.played.unrepaired).toBe(0)
  const { totals } = outcome.report
  expect(totals.incidents).toBeGreaterThan(0)
  expect(totals.restored).toBe(totals.incidents)
  expect(totals.customer_minutes / outcome.trueCustomerMinutes).toBeGreaterThan(0.8)
  expect(totals.customer_minutes / outcome.trueCustomerMinutes).toBeLessThan(1.2)
  expect(totals.messages_sent).toBeGreaterThan(totals.interrupted)
  expect(totals.messages_dead).toBe(0)
})

it('writes everything in the storm’s time, and marks its database as an exercise', async () => {
  const { url, dataFolder } = place
  const database = await openDatabase({
    url,
    replicaUrl: null,
    dataFolder: url ? '' : replayFolder(dataFolder, region.folder),
  })
  const { rows } = await database.pool.query<{ first: Date; last: Date }>(
    "select min(at) as first, max(at) as last from event_log where name <> 'network'",
  )
  expect(await readExercise(database)).toBe(true)
  await database.close()
  expect(rows[0]!.first.getTime()).toBeGreaterThanOrEqual(Date.parse('2026-08-01T00:00:00Z'))
  expect(rows[0]!.last.getTime()).toBeLessThanOrEqual(outcome.played.endedAt.getTime())
})

it('plays again in the same database by another policy', async () => {
  const again = await play('any_first_come')
  expect(again.played.unrepaired).toBe(0)
  expect(again.report.plans.made).toBe(0)
  expect(again.report.totals.reports).toBe(outcome.report.totals.reports)
})

it('refuses arguments and files that cannot be used, in one line that says what would be right', async () => {
  const refusal = (args: string[]) => {
    try {
      readArguments(args)
    } catch (reason) {
      return (reason as Error).message
    }
    throw new Error('nothing was refused')
  }
  expect(refusal([])).toMatch(/give one file; usage/)
  expect(refusal(['a.json', '--policy', 'luck'])).toMatch(/must be one of plan, home_first_come/)
  expect(refusal(['a.json', '--speed=-1'])).toMatch(/from 0/)
  expect(refusal(['a.json', '--fast'])).toMatch(/^[^\n]*usage[^\n]*$/)
  const bad: [string, string, RegExp][] = [
    ['x.txt', '', /is no storm; expected/],
    ['missing.json', '', /cannot be read/],
    ['not.json', '{', /not JSON/],
    ['empty.json', '{"incidents":[]}', /incidents: /],
    ['other.json', '{"seed":1}', /shape: .*expected a storm/],
    ['bad.ndjson', '{"id":"a"}\n', /bad.ndjson:1: changes is missing/],
  ]
  for (const [named, text, says] of bad) {
    const full = named.startsWith('missing') ? path.join(folder, named) : file(named, text)
    await expect(readStorm(full)).rejects.toThrow(StormRefusal)
    await expect(readStorm(full)).rejects.toThrow(says)
  }
})
