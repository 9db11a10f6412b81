// Looking up customers and transformers; staff only, paged by identifier.
import { createRoute } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { answers, roomApp } from '../contract/http.ts'
import {
  servicePointFilter,
  servicePointView,
  transformerFilter,
  transformerView,
  type ServicePointView,
  type TransformerView,
} from '../contract/network.ts'
import { phoneForms } from '../contract/phone.ts'
import { listOf } from '../contract/shapes.ts'
import type { Database, Queries } from '../database/index.ts'

/** The next page begins after the last identifier of a full one. */
function paged<Item extends { id: string }>(
  items: Item[],
  limit: number,
): { items: Item[]; next_cursor: string | null } {
  return { items, next_cursor: items.length === limit ? items[items.length - 1]!.id : null }
}

/** A pattern for what begins with `words`: its signs that stand for any text stand for themselves. */
export const beginsWith = (words: string) => `${words.replace(/[\\%_]/g, '\\$&')}%`

/** Customers that `words` may mean, the likeliest first. */
export function searchServicePoints(
  queries: Queries,
  words: string,
  limit: number,
): Promise<(ServicePointView & { likeness: number })[]> {
  const values = { words, begins: beginsWith(words), phones: phoneForms(words), limit }
  return queries.rows('network/search_service_points', values)
}

export function lookupRoutes({ database }: { database: Database }) {
  const app = roomApp<AccessEnv>()
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/service-points',
      ...allow('dispatcher'),
      request: { query: servicePointFilter },
      responses: answers(listOf(servicePointView), 'service points by identifier; with q, the likeliest first'),
    }),
    async (context) => {
      const { q, phone, limit, cursor, account_no, meter_no, transformer_id, incident_id } = context.req.valid('query')
      if (q !== undefined) {
        const items = await searchServicePoints(database.replica, q, Math.min(limit, 50))
        return context.json({ items, next_cursor: null }, 200)
      }
      const items = await database.replica.rows<ServicePointView>('network/list_service_points', {
        account_no,
        meter_no,
        phones: phone === undefined ? null : phoneForms(phone),
        transformer_id,
        incident_id,
        after: cursor,
        limit,
      })
      return context.json(paged(items, limit), 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/transformers',
      ...allow('dispatcher', 'wall', 'crew'),
      request: { query: transformerFilter },
      responses: answers(listOf(transformerView), 'transformers by identifier'),
    }),
    async (context) => {
      const { q, limit, cursor, feeder_id, district } = context.req.valid('query')
      const items = await database.replica.rows<TransformerView>('network/list_transformers', {
        words: q,
        feeder_id,
        district,
        after: cursor,
        limit,
      })
      return context.json(paged(items, limit), 200)
    },
  )
  return app
}
