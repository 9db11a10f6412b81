// The search over everything, on the wire.
import { z } from '@hono/zod-openapi'
import { instant, point } from './shapes.ts'

export const searchKind = z.enum([
  'customer',
  'incident',
  'transformer',
  'feeder',
  'device',
  'crew',
  'report',
  'planned',
  'request',
])
export type SearchKind = z.infer<typeof searchKind>

export const searchFilter = z.object({
  q: z.string().trim().min(1).max(100).openapi({
    description:
      'a number as it is (account, meter, phone, incident, device), or the beginning or a part of a name or address',
  }),
  kinds: z
    .string()
    .max(200)
    .optional()
    .openapi({ description: 'some of the kinds, comma-separated; all that the role may see where none is named' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(20)
    .default(5)
    .openapi({ type: 'integer', description: 'at most so many of each kind' }),
})
export type SearchFilter = z.infer<typeof searchFilter>

export const searchHit = z
  .object({
    kind: searchKind,
    id: z.string(),
    title: z.string(),
    detail: z.string().nullable(),
    state: z
      .string()
      .nullable()
      .openapi({ description: 'its status, kind of device, verdict; of a customer why it is critical' }),
    incident_id: z.string().nullable(),
    at: instant.nullable(),
    location: point.nullable(),
    rank: z.number(),
  })
  .openapi('SearchHit')
export type SearchHit = z.infer<typeof searchHit>

export const searchAnswer = z
  .object({ items: z.array(searchHit).openapi({ description: 'the best first, whatever its kind' }) })
  .openapi('SearchAnswer')
