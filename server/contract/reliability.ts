// The indices of reliability on the wire, with the interruptions that they add up.
import { z } from '@hono/zod-openapi'
import { cause } from './incidents.ts'
import { instant, page } from './shapes.ts'

const value = z.number().nullable()

const indices = z
  .object({
    saidi_min: value,
    saifi: value,
    caidi_min: value,
    ctaidi_min: value,
    asai: value,
    maifi: value,
    cemi: z.array(z.object({ n: z.number().int(), share: value })),
  })
  .openapi('ReliabilityIndices')

const tally = {
  customer_interruptions: z.number().int(),
  customer_s: z.number(),
  customers_interrupted: z.number().int(),
  momentary_interruptions: z.number().int(),
}

const part = z.object({
  ...tally,
  indices,
  dl_t_836: z.array(z.object({ name: z.string(), symbol: z.string(), value, unit: z.string() })),
})

const figures = part.extend({
  customers_served: z.number().int(),
  period_s: z.number(),
  without_major_event_days: part,
})

export const reliabilityGroup = z
  .object({ key: z.string().nullable(), name: z.string().nullable() })
  .extend(figures.shape)
  .openapi('ReliabilityGroup')
export type ReliabilityGroup = z.infer<typeof reliabilityGroup>

export const interruptionView = z
  .object({
    id: z.number().int(),
    incident_id: z.string().nullable(),
    planned_outage_id: z.string().nullable(),
    service_point_id: z.string(),
    transformer_id: z.string(),
    feeder_id: z.string().nullable(),
    district_code: z.string().nullable(),
    cause,
    started_at: instant,
    ended_at: instant.nullable(),
    duration_s: z.number(),
    kind: z.enum(['sustained', 'momentary']),
    major_event_day: z.boolean(),
  })
  .openapi('Interruption')
export type InterruptionView = z.infer<typeof interruptionView>

export const reliabilityFilter = page.extend({
  from: instant
    .optional()
    .openapi({ description: 'interruptions that began from here on; a year before `to` by default' }),
  to: instant.optional().openapi({ description: 'interruptions that began before this; now by default' }),
  group: z.enum(['district', 'feeder', 'cause', 'month', 'day']).optional(),
  district: z.string().optional(),
  feeder: z.string().optional(),
  cause: cause.optional(),
  momentary_min: z.coerce
    .number()
    .min(0)
    .max(60)
    .default(5)
    .openapi({ type: 'number', description: 'an interruption of this length or less is momentary; DL/T 836 says 3' }),
  counted_to: instant
    .optional()
    .openapi({ description: 'to when an interruption that goes on is counted; now, or the end of the period' }),
})
export type ReliabilityFilter = z.infer<typeof reliabilityFilter>

const interruptions = z.object({ items: z.array(interruptionView), next_cursor: z.string().nullable() })
export const interruptionPage = interruptions.openapi('InterruptionPage')

export const reliabilityAnswer = z
  .object({
    from: instant,
    to: instant,
    counted_to: instant,
    momentary_min: z.number(),
    major_event_days: z.object({
      threshold_saidi_min: value.openapi({
        description: 'null where fewer than 30 days with interruptions came before',
      }),
      learned_from_days: z.number().int(),
      days: z.array(z.string()),
    }),
    total: figures,
    groups: z.array(reliabilityGroup),
    interruptions: interruptions.extend({
      href: z.string().openapi({ description: 'the whole list, page by page, as counted here' }),
    }),
  })
  .openapi('Reliability')
export type ReliabilityAnswer = z.infer<typeof reliabilityAnswer>
