// Roads closed by hand: what a dispatcher draws over a flooded stretch or a broken bridge.
import { z } from '@hono/zod-openapi'
import { instant } from './shapes.ts'

/** A drawing of more points than this is a mistake, and would be slow to meet with every road in its box. */
const mostPoints = 1000

const coordinate = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
const ring = z
  .array(coordinate)
  .min(4)
  .max(mostPoints)
  .refine((points) => points[0]![0] === points.at(-1)![0] && points[0]![1] === points.at(-1)![1], {
    error: 'a ring that ends where it begins',
  })

/** An area closes every road that it touches, a line every road that it crosses. */
export const closureShape = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1).max(10) }),
    z.object({ type: z.literal('LineString'), coordinates: z.array(coordinate).min(2).max(mostPoints) }),
  ])
  .openapi('ClosureShape')

export const closureInput = z
  .object({ shape: closureShape, reason: z.string().trim().min(1).max(200) })
  .openapi('ClosureInput')
export type ClosureInput = z.infer<typeof closureInput>

export const closureView = z
  .object({
    id: z.string(),
    shape: closureShape,
    reason: z.string(),
    closed_by: z.string(),
    closed_at: instant,
  })
  .openapi('Closure')
export type ClosureView = z.infer<typeof closureView>
