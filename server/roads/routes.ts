// Closing roads by hand, and what is closed.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { answers, body, creates, roomApp } from '../contract/http.ts'
import { closureInput, closureView } from '../contract/roads.ts'
import type { Database } from '../database/index.ts'
import { closeRoad } from './close-road.ts'
import type { KeptRoads } from './keep-roads.ts'
import { liftClosure } from './lift-closure.ts'
import { readClosures } from './load.ts'

export type RoadDeps = {
  database: Database
  keptRoads: Pick<KeptRoads, 'look'>
  now(): Date
  /** Called once the roads have followed a closure or a lift, for whoever is driving on them. */
  onChange?: (actor: string) => void
}

export function roadRoutes(deps: RoadDeps) {
  const app = roomApp<AccessEnv>()
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/roads/closures',
      ...allow('dispatcher', 'wall', 'crew'),
      responses: answers(z.object({ items: z.array(closureView) }), 'the closures that stand, oldest first'),
    }),
    async (context) => context.json({ items: await readClosures(deps.database) }, 200),
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/roads/closures',
      ...allow('dispatcher'),
      request: body(closureInput),
      responses: creates(closureView, 'closed; the next candidates and routes go round it'),
    }),
    async (context) => {
      const closure = await closeRoad(deps.database, context.req.valid('json'), context.get('who').name, deps.now())
      await deps.keptRoads.look()
      deps.onChange?.(context.get('who').name)
      return context.json(closure, 201)
    },
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/roads/closures/{id}/lift',
      ...allow('dispatcher'),
      request: { params: z.object({ id: z.string().max(100) }) },
      responses: answers(z.object({ id: z.string() }), 'open again'),
    }),
    async (context) => {
      const { id } = context.req.valid('param')
      await liftClosure(deps.database, id, context.get('who').name, deps.now())
      await deps.keptRoads.look()
      deps.onChange?.(context.get('who').name)
      return context.json({ id }, 200)
    },
  )
  return app
}
