// Promise clocks, assessments and savings over HTTP.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { assessment, clockView, type Assessment } from '../contract/clocks.ts'
import { answers, roomApp } from '../contract/http.ts'
import { savings } from '../contract/plans.ts'
import { instant } from '../contract/shapes.ts'
import type { DispatchDeps } from './candidates.ts'
import { savingsOf, type Crossing } from './savings.ts'
import { listClocks } from './watch-clocks.ts'

/** Without `since` an assessment is of the last thirty days. */
const usualPeriod_ms = 30 * 24 * 3_600_000

export function clockRoutes(deps: DispatchDeps) {
  const app = roomApp<AccessEnv>()
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/clocks',
      ...allow('dispatcher', 'wall'),
      responses: answers(
        z.object({ at: instant, items: z.array(clockView), next_cursor: z.null() }),
        'the promise clocks that run, soonest due first',
      ),
    }),
    async (context) => {
      const at = deps.now()
      return context.json({ at: at.toISOString(), items: await listClocks(deps.database, at), next_cursor: null }, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/assessments',
      ...allow('dispatcher'),
      request: {
        query: z.object({
          by: z.enum(['crew', 'station']).default('crew'),
          crew_id: z.string().optional(),
          station_id: z.string().optional(),
          since: instant.optional(),
          until: instant.optional(),
        }),
      },
      responses: answers(
        z.object({ items: z.array(assessment), next_cursor: z.null() }),
        "each crew's or station's stage times and promises kept in a period",
      ),
    }),
    async (context) => {
      const { by, crew_id, station_id, since, until } = context.req.valid('query')
      const end = until === undefined ? deps.now() : new Date(until)
      const rows = await deps.database.replica.rows<{ view: Assessment }>('dispatch/read_assessments', {
        by,
        crew_id: crew_id ?? null,
        station_id: station_id ?? null,
        since: since ?? new Date(end.getTime() - usualPeriod_ms),
        until: end,
      })
      return context.json({ items: rows.map((row) => row.view), next_cursor: null }, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/dispatch/savings',
      ...allow('dispatcher', 'wall'),
      request: { query: z.object({ at: instant.optional() }) },
      responses: answers(savings, 'minutes saved on the day of `at`, or today, against staying inside districts'),
    }),
    async (context) => {
      const { at } = context.req.valid('query')
      const rows = await deps.database.replica.rows<Crossing & { since: Date; assignment_id: string | null }>(
        'dispatch/read_savings',
        { at: at === undefined ? deps.now() : new Date(at) },
      )
      const crossings = rows.filter((row) => row.assignment_id !== null)
      return context.json(savingsOf(rows[0]!.since, crossings), 200)
    },
  )
  return app
}
