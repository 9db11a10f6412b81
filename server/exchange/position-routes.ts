// Crew positions from phones and trackers in their own protocols. A position that cannot be believed is answered 200 with its
// reason, as for our own app: these clients send again whatever is not answered 2xx, and one bad fix would hold up the rest.
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { allow, authenticate, type AccessEnv } from '../access/index.ts'
import type { PositionCounts } from '../contract/assignments.ts'
import { Refusal } from '../contract/refusal.ts'
import { ownCrew, takePositions } from '../crews/index.ts'
import type { Database } from '../database/index.ts'
import { readOsmandJson, readOsmandQuery, readOwntracks, type Heard } from './positions.ts'
import { trackerToken } from './tracker-access.ts'

export type PositionDeps = { database: Database; adminToken: string | null; now(): Date }

export function positionRoutes(deps: PositionDeps) {
  const { database, adminToken, now } = deps
  const app = new OpenAPIHono<AccessEnv>()
  const guards = [
    trackerToken(deps),
    authenticate(database, adminToken, now),
    allow('crew', 'dispatcher').middleware,
  ] as const
  for (const path of ['/osmand', '/owntracks']) app.use(path, ...guards)

  app.get('/osmand', async (c) => c.json(await take(deps, c, readOsmandQuery(c.req.query()), 'osmand')))
  app.post('/osmand', async (c) => {
    const isJson = (c.req.header('content-type') ?? '').includes('json')
    const heard = isJson
      ? readOsmandJson(await c.req.json())
      : readOsmandQuery({ ...c.req.query(), ...textFields(await c.req.parseBody()) })
    return c.json(await take(deps, c, heard, 'osmand'))
  })
  app.post('/owntracks', async (c) => {
    const text = await c.req.text()
    // A friend taken off the list is an empty message.
    if (text.trim() === '') return c.json([])
    const named = {
      user: c.req.header('x-limit-u') ?? c.req.query('u'),
      device: c.req.header('x-limit-d') ?? c.req.query('d'),
    }
    const counts = await take(deps, c, readOwntracks(parse(text), named), 'owntracks')
    // The client expects a list of messages and passes over a type that it does not know.
    return c.json(counts.refused.length === 0 ? [] : [{ _type: 'refused', ...counts }])
  })
  return app
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal('invalid', 'The body is not JSON')
  }
}

function textFields(body: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

async function take(deps: PositionDeps, c: Context<AccessEnv>, heard: Heard, source: string): Promise<PositionCounts> {
  const who = c.get('who')
  const crewId = await crewOf(deps.database, heard.device_ids, who.crewId)
  ownCrew(who, crewId)
  if (heard.positions.length === 0) return { taken: 0, duplicate: 0, refused: [], doubted: [] }
  return takePositions(deps, crewId, heard.positions, source, who.name)
}

/** The crew that the device stands for; a device without a name is that of the crew that signed in. */
async function crewOf(database: Database, device_ids: string[], own: string | null): Promise<string> {
  if (device_ids.length === 0 && own !== null) return own
  const found = await database.maybe<{ id: string }>('exchange/find_tracked_crew', { device_ids })
  if (found) return found.id
  throw new Refusal(
    'not_found',
    `No crew has the id or tracker_id ${device_ids.join(', ') || '(none was sent)'}: set the device's id to the crew's`,
  )
}
