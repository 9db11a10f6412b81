// What the inference takes for granted, over HTTP: dispatchers read it, an administrator adopts.
import { createRoute } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { answers, body, roomApp } from '../contract/http.ts'
import { adoptInput, learningView } from '../contract/learning.ts'
import { adoptLearning, readLearning } from './learning.ts'
import type { IncidentDeps } from './with-incident.ts'

export function learningRoutes(deps: IncidentDeps) {
  const app = roomApp<AccessEnv>()
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/inference',
      ...allow('dispatcher'),
      responses: answers(learningView, 'shares and calling rates in use, and what history would teach'),
    }),
    async (context) => context.json(await readLearning(deps), 200),
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/inference/adopt',
      ...allow('administrator'),
      request: body(adoptInput),
      responses: answers(learningView, 'as adopted'),
    }),
    async (context) => context.json(await adoptLearning(deps, context.req.valid('json'), context.get('who').name), 200),
  )
  return app
}
