// The past over HTTP: how far back it goes, and what happened between two instants.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { pastEvent, pastExtent, type PastExtent } from '../contract/history.ts'
import { answers, roomApp } from '../contract/http.ts'
import type { LiveEvent } from '../contract/live.ts'
import { Refusal } from '../contract/refusal.ts'
import { instant, listOf, page } from '../contract/shapes.ts'
import type { Database } from '../database/index.ts'

type EventRow = Omit<LiveEvent, 'at'> & { at: Date }
type ExtentRow = { from_at: Date | null; to_at: Date | null; replay: PastExtent['replay'] }

const between = z.object({ from: instant, to: instant }).extend({
  limit: page.shape.limit,
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
})

export function pastRoutes({ database, now }: { database: Database; now(): Date }) {
  const app = roomApp<AccessEnv>()
  const staff = allow('wall', 'dispatcher')
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/past',
      ...staff,
      responses: answers(pastExtent, 'how far back the event log goes'),
    }),
    async (context) => {
      const { from_at, to_at, replay } = await database.replica.one<ExtentRow>('live/read_past_extent')
      const instants = { from: from_at?.toISOString() ?? null, to: to_at?.toISOString() ?? null }
      return context.json({ ...instants, now: now().toISOString(), replay }, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/events',
      ...staff,
      request: { query: between },
      responses: answers(listOf(pastEvent), 'the events after `from` and up to `to`, in order'),
    }),
    async (context) => {
      const { from, to, limit, cursor } = context.req.valid('query')
      if (Date.parse(to) < Date.parse(from))
        throw new Refusal('invalid', { zh: '结束不能早于开始', en: 'to must not be before from' }, [
          { path: 'to', message: 'an instant after from' },
        ])
      const after = Number(cursor ?? 0)
      const rows = await database.replica.rows<EventRow>('live/read_events_between', { from, to, after, limit })
      const items = rows.map((row) => ({ ...row, at: row.at.toISOString() }))
      return context.json({ items, next_cursor: rows.length === limit ? String(rows.at(-1)!.seq) : null }, 200)
    },
  )
  return app
}
