// The live stream and the snapshot that it begins with.
import { createRoute, z } from '@hono/zod-openapi'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { allow, type AccessEnv } from '../access/index.ts'
import { answers, body, roomApp } from '../contract/http.ts'
import { counts, snapshot, type LiveEvent } from '../contract/live.ts'
import { presenceInput, presenceList } from '../contract/presence.ts'
import type { Database } from '../database/index.ts'
import { blind, frameOf, isForScreens, type Hub } from './hub.ts'
import { instant } from '../contract/shapes.ts'
import { putPresence } from './presence.ts'
import { readPastSnapshot } from './past-snapshot.ts'
import { readCounts, readSnapshot } from './read-snapshot.ts'
import { shareSnapshot, type SharedSnapshot } from './share-snapshot.ts'
import type { Tail } from './tail.ts'

/** A screen further behind than this many events is given a snapshot instead: it is smaller by then. */
const resume_events = 5000

export type LiveDeps = { database: Database; hub: Hub; tail: Tail; now(): Date; build: string; exercise?: boolean }

type StreamEnv = AccessEnv & { Bindings: HttpBindings }
type EventRow = Omit<LiveEvent, 'at'> & { at: Date }

export function liveRoutes(deps: LiveDeps) {
  const app = roomApp<StreamEnv>()
  const snapshots = shareSnapshot(deps)
  const staff = allow('wall', 'dispatcher', 'crew')
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/snapshot',
      ...staff,
      request: {
        query: z.object({
          at: instant.optional().openapi({ description: 'as it was known at this instant; now where none is given' }),
        }),
      },
      responses: answers(snapshot, 'everything a screen begins with'),
    }),
    async (context) => {
      const { at } = context.req.valid('query')
      if (at !== undefined) return context.json(await readPastSnapshot(deps.database, new Date(at), deps.now()), 200)
      return context.json(await readSnapshot(deps.database, deps.tail.seq, deps.now()), 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/counts',
      ...staff,
      responses: answers(counts, 'sums over the whole network'),
    }),
    async (context) => context.json(await readCounts(deps.database, deps.now()), 200),
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/live',
      ...staff,
      request: { headers: z.object({ 'last-event-id': z.string().regex(/^\d+$/).optional() }) },
      responses: {
        200: { description: 'server-sent events', content: { 'text/event-stream': { schema: z.string() } } },
      },
    }),
    async (context) => {
      const last = context.req.valid('header')['last-event-id']
      const { outgoing } = context.env as { outgoing: HttpBindings['outgoing'] }
      const isDesk = ['dispatcher', 'administrator'].includes(context.get('who').role)
      await openStream(deps, snapshots, { response: outgoing, isDesk }, last === undefined ? null : Number(last))
      return RESPONSE_ALREADY_SENT as never
    },
  )
  app.openapi(
    createRoute({
      method: 'put',
      path: '/api/presence',
      ...allow('dispatcher'),
      request: body(presenceInput),
      responses: answers(presenceList, 'who has which incident open at a desk; say it anew every 15 seconds'),
    }),
    async (context) =>
      context.json({ items: await putPresence(deps, context.req.valid('json'), context.get('who').name) }, 200),
  )
  return app
}

/** Writes what `response` missed, or a snapshot, then adds it to the listeners. */
async function openStream(
  deps: LiveDeps,
  snapshots: SharedSnapshot,
  { response, isDesk }: { response: HttpBindings['outgoing']; isDesk: boolean },
  last: number | null,
): Promise<void> {
  const head = deps.tail.seq
  const missed = last === null || last > head ? null : await readMissed(deps, last, head)
  const start = missed
    ? { seq: head, frame: Buffer.concat([resumed, ...missed.filter(isForScreens).map(frameOf)]) }
    : await snapshots.take()
  const seq = deps.tail.seq
  // What came while the start was being read, so that nothing falls between it and the first delivery.
  const since = deps.hub.since(start.seq, seq)
  // More came meanwhile than is kept: the screen asks again.
  if (!since) return void response.destroy()
  // Without chunks: the stream ends with its connection, and all listeners share one write of the same bytes.
  response.removeHeader('transfer-encoding')
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
    'x-accel-buffering': 'no',
    'x-relight-build': deps.build,
    // A screen that resumes after the server was changed for another must not take its events.
    'x-relight-exercise': deps.exercise ? 'on' : 'off',
    'x-relight-now': deps.now().toISOString(),
  })
  if (deps.hub.isBlind) response.write(blind)
  response.write(start.frame)
  for (const event of since) response.write(frameOf(event))
  deps.hub.add({ response, seq, begunWith_bytes: response.writableLength, isDesk })
}

/** A screen that resumes hears at once that the server lives. */
const resumed = Buffer.from(': resumed\n\n')

async function readMissed(deps: LiveDeps, last: number, head: number): Promise<LiveEvent[] | null> {
  if (head - last > resume_events) return null
  const recent = deps.hub.since(last, head)
  if (recent) return recent.filter((event) => event.seq <= head)
  const { oldest } = await deps.database.one<{ newest: number; oldest: number }>('live/read_head')
  if (oldest > last + 1) return null
  const rows = await deps.database.rows<EventRow>('live/read_events', { after: last, limit: resume_events })
  return rows.filter((row) => row.seq <= head).map((row) => ({ ...row, at: row.at.toISOString() }))
}
