// Crews over HTTP.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv, type Who } from '../access/index.ts'
import { crewInput, crewView, positionCounts, positionsInput } from '../contract/assignments.ts'
import { answers, body, roomApp } from '../contract/http.ts'
import { Refusal } from '../contract/refusal.ts'
import { listOf, page } from '../contract/shapes.ts'
import { toWgs84 } from '../reports/index.ts'
import { listCrews, putCrew, readCrew, takePositions, type CrewDeps } from './crews.ts'

/** A city's crews fit on one page, unless fewer are asked for. */
const mostCrews = page.extend({ limit: page.shape.limit.removeDefault().default(1000) })

const params = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) })

/** A crew speaks for itself only. */
export function ownCrew(who: Who, crewId: string): void {
  if (who.role === 'crew' && who.crewId !== crewId)
    throw new Refusal('forbidden', {
      zh: `班组 ${who.crewId} 不能替班组 ${crewId} 操作`,
      en: `Crew ${who.crewId} may not speak for crew ${crewId}`,
    })
}

export function crewRoutes(deps: CrewDeps) {
  const app = roomApp<AccessEnv>()
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/crews',
      ...allow('dispatcher', 'wall', 'crew'),
      request: { query: mostCrews },
      responses: answers(listOf(crewView), 'crews by id'),
    }),
    async (context) => context.json(await listCrews(deps.database, deps.now(), context.req.valid('query')), 200),
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/crews/{id}',
      ...allow('dispatcher', 'wall', 'crew'),
      request: { params },
      responses: answers(crewView, 'one crew'),
    }),
    async (context) => context.json(await readCrew(deps.database, context.req.valid('param').id, deps.now()), 200),
  )
  app.openapi(
    createRoute({
      method: 'put',
      path: '/api/crews/{id}',
      ...allow('dispatcher', 'crew'),
      request: { params, ...body(crewInput) },
      responses: answers(crewView, 'the crew as it is now'),
    }),
    async (context) => {
      const { id } = context.req.valid('param')
      ownCrew(context.get('who'), id)
      return context.json(await putCrew(deps, id, context.req.valid('json'), context.get('who').name), 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/crews/{id}/positions',
      ...allow('crew', 'dispatcher'),
      request: { params, ...body(positionsInput) },
      responses: answers(positionCounts, 'what became of the positions'),
    }),
    async (context) => {
      const { id } = context.req.valid('param')
      ownCrew(context.get('who'), id)
      const input = context.req.valid('json')
      const given = 'positions' in input ? input.positions : [input]
      const positions = given.map(({ crs, lon, lat, ...rest }) => ({
        ...rest,
        ...toWgs84({ lon, lat, ...(crs ? { crs } : {}) }),
      }))
      return context.json(
        await takePositions(deps, id, positions as Parameters<typeof takePositions>[2], 'app', context.get('who').name),
        200,
      )
    },
  )
  return app
}
