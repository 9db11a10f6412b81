// The ledger of estimates on the wire.
import { z } from '@hono/zod-openapi'
import { instant } from './shapes.ts'

/** How good estimates turned out to be; figures are null where there are none. */
export const estimateScore = z
  .object({
    count: z.number().int(),
    error_s: z.number().nullable().openapi({ description: 'mean absolute error' }),
    bias_s: z.number().nullable().openapi({ description: 'mean of restored minus told: above zero, later than told' }),
    late_share: z.number().nullable(),
    inside_share: z.number().nullable().openapi({ description: 'share of restorations inside the interval told' }),
  })
  .openapi('EstimateScore')
export type EstimateScore = z.infer<typeof estimateScore>

export const estimateLedger = z
  .object({
    since: instant,
    until: instant,
    all: estimateScore,
    by_source: z.record(z.string(), estimateScore).openapi({
      description: 'by who gave it: `history`, `prior`, `plan`, `crew`, `dispatcher`',
    }),
    by_cause: z.record(z.string(), estimateScore),
    by_stage: z.record(z.string(), estimateScore),
  })
  .openapi('EstimateLedger')
export type EstimateLedger = z.infer<typeof estimateLedger>

export const ledgerQuery = z.object({ since: instant.optional(), until: instant.optional() })
