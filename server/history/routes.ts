// The storm report over HTTP; staff only, for it names places.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { stormReport } from '../contract/history.ts'
import { answers, roomApp } from '../contract/http.ts'
import { instant } from '../contract/shapes.ts'
import type { Database } from '../database/index.ts'
import { readStormReport } from './storm-report.ts'

const day_ms = 86_400_000

export function historyRoutes({ database, now }: { database: Database; now(): Date }) {
  const app = roomApp<AccessEnv>()
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/storm-report',
      ...allow('dispatcher', 'wall'),
      request: {
        query: z.object({
          from: instant.optional().openapi({ description: 'a day before `to` where none is given' }),
          to: instant.optional().openapi({ description: 'now where none is given' }),
        }),
      },
      responses: answers(stormReport, 'what the period came to'),
    }),
    async (context) => {
      const asked = context.req.valid('query')
      const to = asked.to ? new Date(asked.to) : now()
      const from = asked.from ? new Date(asked.from) : new Date(to.getTime() - day_ms)
      return context.json(await readStormReport(database, from, to), 200)
    },
  )
  return app
}
