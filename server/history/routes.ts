// The storm report over HTTP; staff only, for it names places.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { stormReport } from '../contract/history.ts'
import { answers, roomApp } from '../contract/http.ts'
import { Refusal } from '../contract/refusal.ts'
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
          to: instant.optional().openapi({ description: 'now where none is given, or one that is still to come' }),
        }),
      },
      responses: answers(stormReport, 'what the period came to'),
    }),
    async (context) => {
      const asked = context.req.valid('query')
      const end = now()
      // Minutes that have not happened cost nobody anything.
      const to = asked.to && Date.parse(asked.to) < end.getTime() ? new Date(asked.to) : end
      if (asked.from && Date.parse(asked.from) >= end.getTime())
        throw new Refusal('invalid', { zh: '开始时刻还没到', en: 'from is still to come' }, [
          { path: 'from', message: 'an instant that has passed' },
        ])
      const from = asked.from ? new Date(asked.from) : new Date(to.getTime() - day_ms)
      return context.json(await readStormReport(database, from, to), 200)
    },
  )
  return app
}
