// The search over HTTP.
import { createRoute } from '@hono/zod-openapi'
import { allow, may, type AccessEnv } from '../access/index.ts'
import { answers, roomApp } from '../contract/http.ts'
import { searchAnswer, searchFilter } from '../contract/search.ts'
import type { Database } from '../database/index.ts'
import { find } from './find.ts'

export function searchRoutes({ database, now }: { database: Database; now(): Date }) {
  const app = roomApp<AccessEnv>()
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/search',
      ...allow('dispatcher', 'wall', 'crew'),
      request: { query: searchFilter },
      responses: answers(searchAnswer, 'what the words may mean, the best first; people only for dispatchers'),
    }),
    async (context) => {
      const seesPeople = may(context.get('who'), ['dispatcher'])
      const items = await find(database.replica, context.req.valid('query'), { seesPeople, now: now() })
      return context.json({ items }, 200)
    },
  )
  return app
}
