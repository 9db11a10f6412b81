// Photographs over HTTP: sent as they are, listed by incident, read one by one.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { answers, creates, roomApp } from '../contract/http.ts'
import { photographView, photographType } from '../contract/photographs.ts'
import { instant } from '../contract/shapes.ts'
import { ownCrew } from '../crews/index.ts'
import type { DispatchDeps } from './candidates.ts'
import { listPhotographs, readPhotograph, takePhotograph } from './photographs.ts'
import { readAssignment } from './tell-assignment.ts'

const params = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) })
const picture = { schema: z.any().openapi({ type: 'string', format: 'binary' }) }
const pictures = Object.fromEntries(photographType.options.map((type) => [type, picture]))

export function photographRoutes(deps: DispatchDeps) {
  const app = roomApp<AccessEnv>()
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/assignments/{id}/photographs',
      ...allow('crew', 'dispatcher'),
      request: {
        params,
        query: z.object({ taken_at: instant.optional() }),
        body: { required: true, content: pictures },
      },
      responses: creates(photographView, 'kept'),
    }),
    async (context) => {
      const { id } = context.req.valid('param')
      const { taken_at } = context.req.valid('query')
      const who = context.get('who')
      if (who.role === 'crew') ownCrew(who, (await readAssignment(deps.database, id)).view.crew_id)
      const bytes = new Uint8Array(await context.req.arrayBuffer())
      const takenAt = taken_at === undefined ? null : new Date(taken_at)
      return context.json(await takePhotograph(deps, id, bytes, takenAt, who.name), 201)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/incidents/{id}/photographs',
      ...allow('dispatcher', 'crew'),
      request: {
        params,
        query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(100).openapi({ type: 'integer' }) }),
      },
      responses: answers(
        z.object({ items: z.array(photographView), next_cursor: z.null() }),
        'photographs of the incident and of those merged into it, oldest first',
      ),
    }),
    async (context) => {
      const which = { id: null, incident_id: context.req.valid('param').id }
      const items = await listPhotographs(deps.database, which, context.req.valid('query').limit)
      return context.json({ items, next_cursor: null }, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/photographs/{id}',
      ...allow('dispatcher', 'crew'),
      request: { params },
      responses: { 200: { description: 'the picture', content: pictures } },
    }),
    async (context) => {
      const found = await readPhotograph(deps.database, context.req.valid('param').id)
      return context.body(new Uint8Array(found.picture), 200, {
        'content-type': found.media_type,
        'cache-control': 'private, max-age=86400, immutable',
        'x-content-type-options': 'nosniff',
      })
    },
  )
  return app
}
