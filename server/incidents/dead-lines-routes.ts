// Which lines are without supply, over HTTP, for the staff's maps: too much for every snapshot, and of no use to the public.
import { createRoute } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { deadLines } from '../contract/dead-lines.ts'
import { answers, roomApp } from '../contract/http.ts'
import { readDeadLines } from './dead-lines.ts'
import type { IncidentDeps } from './with-incident.ts'

export function deadLinesRoutes(deps: IncidentDeps) {
  const app = roomApp<AccessEnv>()
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/dead-lines',
      ...allow('dispatcher', 'wall'),
      responses: answers(deadLines, 'the equipment that each open incident leaves without supply, as switched now'),
    }),
    async (context) => context.json(await readDeadLines(deps), 200),
  )
  return app
}
