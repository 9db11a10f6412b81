// Kills a server in the middle of a stream of reports, again and again, and holds what was answered against what is there.
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { openDatabase, type Database } from '../../server/database/index.ts'
import { writeOut } from '../../server/notifications/index.ts'
import { startServer } from './server-process.ts'
import { pointsOf } from '../fixtures/region.ts'

export type Toll = {
  rounds: number
  answered: number
  kept: number
  lost: string[]
  twice: string[]
  /** Calls that are evidence and that nobody heard. */
  unheard: string[]
  owing: number
  owed: number
}
export type Place = { url: string | null; dataFolder: string }

/** Out for so long that what is inferred is probable, and its customers are owed the news. */
const since_ms = 15 * 60_000

/** Callers at once. */
const callers = 4
const accounts = ['T1', 'T2', 'T3', 'T4', 'T5'].flatMap(pointsOf).map((id) => `A${id.slice(1)}`)

/** Makes one call; true where it was answered 2xx, which is noted. */
async function call(url: string, turn: number, answered: string[]): Promise<boolean> {
  const account_no = accounts[(turn * 7) % accounts.length]
  const body = JSON.stringify({ channel: 'hotline', account_no, reported_at: new Date(Date.now() - since_ms) })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/api/reports`, { method: 'POST', body, headers }).catch(() => null)
  const text = await answer?.text().catch(() => null)
  if (!answer?.ok || !text) return false
  answered.push((JSON.parse(text) as { id: string }).id)
  return true
}

/** Calls until one is not answered. */
async function keepCalling(url: string, first: number, answered: string[]): Promise<void> {
  for (let turn = first; await call(url, turn, answered); turn++);
}

/** `rounds` times: start on `place`, call, SIGKILL after a while that differs from round to round. */
export async function killRounds(place: Place, rounds: number): Promise<Toll> {
  const environment: Record<string, string> =
    place.url === null ? { RELIGHT_DATA: place.dataFolder } : { DATABASE_URL: place.url }
  const answered: string[] = []
  for (let round = 0; round < rounds; round++) {
    const server = await startServer(environment)
    const before = answered.length
    const calling = Array.from({ length: callers }, (_, caller) =>
      keepCalling(server.url, round * 100 + caller * 13, answered),
    )
    // Not before something was answered, and then at another point of the work each time.
    for (let waited = 0; answered.length < before + 3 + ((round * 5) % 11) && waited < 2000; waited++) await pause(10)
    await server.kill()
    await Promise.all(calling)
  }
  // The next start hears what the last kill left unheard.
  const last = await startServer(environment)
  await last.stop()
  const database = await openDatabase({ ...place, replicaUrl: null })
  const toll = await reckon(database, answered)
  await database.close()
  return { rounds, answered: answered.length, ...toll }
}

/**
 * Calls while every connection to the database is cut again and again; the same server has to live through it and answer in
 * the end. Answers what was said to callers in between, held against what is there.
 */
export async function cutRounds(url: string, rounds: number): Promise<Toll> {
  const server = await startServer({ DATABASE_URL: url })
  const lives = () => {
    if (server.child.exitCode === null) return
    calling = false
    throw new Error(`the server ended with ${server.child.exitCode} when its database was lost: ${server.said()}`)
  }
  const answered: string[] = []
  let calling = true
  const lines = Array.from({ length: callers }, async (_, caller) => {
    for (let turn = caller * 13; calling; turn++) await call(server.url, turn, answered)
  })
  const knife = new pg.Client({ connectionString: url })
  knife.on('error', () => {})
  await knife.connect()
  for (let round = 0; round < rounds; round++) {
    const before = answered.length
    for (let waited = 0; answered.length < before + 2 && waited < 500; waited++) await pause(10).then(lives)
    await pause((round * 7) % 23)
    await knife.query('select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()')
  }
  await knife.end()
  calling = false
  await Promise.all(lines)
  for (let turn = 1; !(await call(server.url, turn, answered)); turn++) await pause(100).then(lives)
  await server.stop()
  const database = await openDatabase({ url, dataFolder: '', replicaUrl: null })
  const toll = await reckon(database, answered)
  await database.close()
  return { rounds, answered: answered.length, ...toll }
}

/** What is there: every report once and whole, and a message owed to every household with a phone that a known incident put out:
 * since it went out, by that incident or by the one that it was out by then. */
async function reckon(database: Database, answered: string[]) {
  const { rows } = await database.pool.query<{ id: string; events: number; verdicts: number }>(
    `select report.id,
       (select count(*)::integer from event_log where subject_id = report.id and step = 'submitted') as events,
       (select count(*)::integer from report_verdict where report_id = report.id and rule <> 'merged') as verdicts
     from report`,
  )
  const unheard = await database.rows<{ report_id: string }>('incidents/list_put_off', { now: new Date() })
  await writeOut(database)
  const found = new Map(rows.map((row) => [row.id, row]))
  const owing = await database.pool.query<{ owing: number; owed: number }>(
    `select count(*)::integer as owing,
       count(*) filter (where exists (
         select from notification join matter on matter.id = notification.matter_id
         where notification.service_point_id = interruption.service_point_id
           and notification.created_at >= interruption.started_at
           and matter.kind = 'outage_known'
       ))::integer as owed
     from interruption
     join incident on incident.id = interruption.incident_id and incident.status in ('probable', 'confirmed')
     join service_point on service_point.id = interruption.service_point_id and service_point.phone is not null`,
  )
  return {
    kept: rows.length,
    lost: answered.filter((id) => !found.has(id)),
    twice: rows.filter((row) => row.events !== 1 || row.verdicts !== 1).map((row) => row.id),
    unheard: unheard.map(({ report_id }) => report_id),
    ...owing.rows[0]!,
  }
}
