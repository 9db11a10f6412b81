// The demo: a generated city of 20,000 customers in an empty database, and a sign-in for each role.
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { putMember, removeDemoMembers } from '../../server/access/index.ts'
import type { StaffRole } from '../../server/contract/access.ts'
import type { Database } from '../../server/database/index.ts'
import { generatedSource, generateRegion } from '../generate/index.ts'
import { importFolder } from '../import/index.ts'

const customers = 20_000
const seed = 1

/** `called`: the crew's name, where the member is one. */
export type DemoMember = { name: string; role: StaffRole; secret: string; called?: string }

const members: DemoMember[] = [
  { name: 'dispatcher', role: 'dispatcher', secret: 'relight-desk' },
  { name: 'wall', role: 'wall', secret: 'relight-wall' },
  { name: 'administrator', role: 'administrator', secret: 'relight-admin' },
]
const crewSecret = 'relight-crew'
const mostCrews = 200

/**
 * Fills an empty database and answers with the sign-ins. A database that holds a network already is left as it is; where one of
 * its networks is not generated, nobody signs in with a secret that everybody can read.
 */
export async function setUpDemo(database: Database, today: string, say: (line: string) => void): Promise<DemoMember[]> {
  await fillWithDemo(database, today, say)
  const { rows } = await database.pool.query<{ source: string | null }>('select source from network')
  if (rows.every(({ source }) => source?.startsWith(generatedSource))) return addMembers(database)
  say('no demo: this database holds a real network; RELIGHT_ADMIN_TOKEN and PUT /api/members let people sign in')
  await removeDemoMembers(database)
  return []
}

async function addMembers(database: Database): Promise<DemoMember[]> {
  const crews = await database.pool.query<{ id: string; name: string }>(
    'select id, name from crew order by id limit $1',
    [mostCrews],
  )
  const present = await database.pool.query<{ name: string }>('select name from member')
  const known = new Set(present.rows.map((row) => row.name))
  const phones: DemoMember[] = crews.rows.map(({ id, name }) => ({
    name: id,
    role: 'crew',
    secret: crewSecret,
    called: name,
  }))
  for (const { name, role, secret, called } of [...members, ...phones])
    if (!known.has(name))
      await putMember(database, { name, role, secret, crewId: called === undefined ? null : name, isDemo: true })
  return [...members, ...phones]
}

/** Puts the demo region into a database that has no network. */
export async function fillWithDemo(database: Database, today: string, say: (line: string) => void): Promise<void> {
  const { rows } = await database.pool.query('select 1 from network limit 1')
  if (rows.length === 0) await importDemo(database, today, say)
}

/** Days on which there is planned work in the demo all day long, so that whoever tries it meets some. */
const workDays = 60
const day_ms = 86_400_000

function workToday(today: string): string {
  const days = Array.from({ length: workDays }, (_, each) =>
    new Date(Date.parse(today) + each * day_ms).toISOString().slice(0, 10),
  )
  const rows = days.map(
    (day, each) => `DEMO${each + 1},${day}T00:00:00+08:00,${day}T23:59:00+08:00,台区综合整治,T00005,`,
  )
  return `${rows.join('\n')}\n`
}

async function importDemo(database: Database, today: string, say: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'relight-demo-'))
  try {
    say('making the demo region …')
    await generateRegion({ folder, customers, seed, date: today })
    appendFileSync(path.join(folder, 'planned_outages.csv'), workToday(today))
    await importFolder(database, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
