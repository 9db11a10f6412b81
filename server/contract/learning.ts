// What the inference takes for granted, what history would teach it, and adopting that.
import { z } from '@hono/zod-openapi'
import { instant } from './shapes.ts'

const share = z.number().min(0).max(1)
export const kindShares = z
  .object({
    service_point: share,
    lv_equipment: share,
    transformer: share,
    fuse: share,
    recloser: share,
    breaker: share,
    switch: share,
    line: share,
  })
  .openapi('KindShares', { description: 'shares of all failures by kind of device; they add up to 1' })
export const callRates = z
  .array(z.object({ rate: z.number().gt(0).lt(1), weight: share }))
  .min(1)
  .max(20)
  .openapi('CallRates', { description: 'how likely it is that this share of those without supply will call' })

const assumed = z.object({ kind_shares: kindShares, call_rates: callRates })

export const learningView = z
  .object({
    in_use: assumed.extend({
      source: z.enum(['built_in', 'adopted']),
      adopted_at: instant.nullable(),
      adopted_by: z.string().nullable(),
      note: z.string().nullable(),
    }),
    learned: assumed.extend({
      since: instant,
      failures: z.record(z.string(), z.number().int()).openapi({ description: 'failures counted, by kind' }),
      incidents_for_calling: z.number().int(),
    }),
  })
  .openapi('Learning')
export type LearningView = z.infer<typeof learningView>

/** Empty: what history teaches is adopted as GET showed it. */
export const adoptInput = z
  .object({
    kind_shares: kindShares.optional(),
    call_rates: callRates.optional(),
    note: z.string().trim().max(500).optional(),
  })
  .openapi('AdoptInput')
export type AdoptInput = z.infer<typeof adoptInput>
