// The day so far as a wall says it: curves of customers without supply, what came back and came in, and how promises were kept.
import { z } from '@hono/zod-openapi'
import { instant, point } from './shapes.ts'

const customersOut = z.array(z.number().int())

export const plannedWork = z
  .object({
    id: z.string(),
    starts_at: instant,
    ends_at: instant,
    running: z.boolean(),
    reason: z.string().nullable(),
    customers: z.number().int(),
    location: point,
  })
  .openapi('PlannedWork')
export type PlannedWork = z.infer<typeof plannedWork>

export const daySoFar = z
  .object({
    at: instant,
    begins_at: instant.openapi({ description: "midnight in the network's time zone" }),
    step_s: z.number().int(),
    today: customersOut.openapi({ description: 'customers without supply every `step_s`, the last value at `at`' }),
    yesterday: customersOut.openapi({ description: 'the same instants a day before' }),
    storm: z
      .object({
        date: z.string(),
        begun_at: instant.openapi({ description: 'when it first had a tenth of its peak without supply' }),
        threshold: z.number().int().openapi({ description: 'that tenth' }),
        lead: z.number().int().openapi({ description: 'steps in `customers_out` before it had begun' }),
        customers_out: customersOut,
      })
      .nullable()
      .openapi({ description: 'the last major event day before yesterday, from two hours before it began' }),
    restored_today: z
      .number()
      .int()
      .openapi({ description: 'customers whose supply has come back since midnight; twice who came back twice' }),
    restored_per_hour: z.array(z.number().int()).openapi({ description: 'customers, the running hour last' }),
    calls_per_minute: z.array(z.number().int()).openapi({ description: 'reports, the running minute last' }),
    saidi_min: z
      .number()
      .nullable()
      .openapi({ description: 'of the sustained interruptions that began today, counted to `at`' }),
    planned: z.array(plannedWork).openapi({
      description: 'work that goes on or begins within 24 hours, soonest first; not all where there is much',
    }),
    planned_works: z.number().int().openapi({ description: 'how many works that is, listed or not' }),
    planned_out: z
      .number()
      .int()
      .openapi({ description: 'customers whose supply is taken by all the work that goes on, listed or not' }),
    estimates: z.object({ due: z.number().int(), kept: z.number().int() }).openapi({
      description: 'of the incidents restored today and those late: how many by the end of the interval said',
    }),
  })
  .openapi('DaySoFar')
export type DaySoFar = z.infer<typeof daySoFar>
