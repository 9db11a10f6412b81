// The indices over HTTP; staff only, for the list names service points.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { daySoFar } from '../contract/day.ts'
import { answers, roomApp } from '../contract/http.ts'
import { instant } from '../contract/shapes.ts'
import { interruptionPage, reliabilityAnswer, reliabilityFilter } from '../contract/reliability.ts'
import type { Database } from '../database/index.ts'
import { holdDaySoFar } from './day-so-far.ts'
import { askedOf, readInterruptions, readReliability } from './reads.ts'

export function reliabilityRoutes({ database, now }: { database: Database; now(): Date }) {
  const app = roomApp<AccessEnv>()
  const day = holdDaySoFar(database.replica, now)
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/reliability',
      ...allow('dispatcher', 'wall'),
      request: { query: reliabilityFilter },
      responses: answers(reliabilityAnswer, 'the indices, and the first page of the interruptions that they add up'),
    }),
    async (context) => {
      const filter = context.req.valid('query')
      return context.json(await readReliability(database.replica, askedOf(filter, now()), filter.limit), 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/reliability/interruptions',
      ...allow('dispatcher', 'wall'),
      request: { query: reliabilityFilter },
      responses: answers(interruptionPage, 'the interruptions that the indices add up, in order of beginning'),
    }),
    async (context) => {
      const { limit, cursor, ...filter } = context.req.valid('query')
      const asked = askedOf({ ...filter, limit }, now())
      return context.json(await readInterruptions(database.replica, asked, limit, cursor ?? null), 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/reliability/day',
      ...allow('dispatcher', 'wall'),
      request: {
        query: z.object({
          at: instant.optional().openapi({ description: 'the day up to this instant; up to now where none is given' }),
        }),
      },
      responses: answers(daySoFar, 'the day so far, beside yesterday and the last storm'),
    }),
    async (context) => {
      const { at } = context.req.valid('query')
      return context.json(await (at === undefined ? day.take() : day.takeAt(new Date(at))), 200)
    },
  )
  return app
}
