// The small shapes that everything on the wire is made of: instants, points, sentences in both languages, pages of a list.
import { z } from '@hono/zod-openapi'

/** An instant, ISO 8601 with an offset. */
export const instant = z.iso.datetime({
  offset: true,
  error: 'an instant like 2026-07-01T08:30:00+08:00, with its offset',
})

/** A point in degrees. `crs` says what the sender's map speaks; everything stored and answered is WGS 84. */
export const point = z
  .object({
    lon: z.number().min(-180).max(180),
    lat: z.number().min(-90).max(90),
    crs: z.enum(['wgs84', 'gcj02', 'bd09', 'cgcs2000']).optional(),
  })
  .openapi('Point')
export type Point = z.infer<typeof point>

/** One plain sentence, in Chinese and in English. */
export const says = z.object({ zh: z.string(), en: z.string() }).openapi('Says')
export type Says = z.infer<typeof says>

/** The languages that every screen and message speaks. */
export const language = z.enum(['zh', 'en'])
export type Language = z.infer<typeof language>

/** How a list is paged: at most `limit` rows, from where `cursor` (of the answer before) left off. */
export const page = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100).openapi({ type: 'integer' }),
  cursor: z.string().max(200).optional(),
})

/** A page of a list: `next_cursor` is null on the last one. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullable() })

/** `lon,lat,lon,lat`: south-west, then north-east corner. */
export const bbox = z
  .string()
  .regex(/^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/, 'four numbers: west,south,east,north')
  .transform((text) => text.split(',').map(Number) as [number, number, number, number])
  .openapi({ type: 'string', example: '113.0,22.5,113.2,22.7' })

/** Something that somebody else did meanwhile. */
export const change = z.object({ step: z.string(), actor: z.string(), at: instant }).openapi('Change')
export type Change = z.infer<typeof change>

/** A refusal, RFC 9457. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    changes: z
      .array(change)
      .optional()
      .openapi({ description: 'of a stale write: who did what since the version that it was based on, newest first' }),
  })
  .openapi('Problem')
export type Problem = z.infer<typeof problem>
