// The past on the wire: the events between two instants, and the report of a storm.
import { z } from '@hono/zod-openapi'
import { incidentStatus, cause } from './incidents.ts'
import { instant, says } from './shapes.ts'

/** One event of the log, as the live stream sends it. */
export const pastEvent = z
  .object({
    seq: z.number().int(),
    at: instant,
    name: z.string(),
    step: z.string(),
    subject_id: z.string(),
    incident_id: z.string().nullable(),
    actor: z.string(),
    data: z.record(z.string(), z.unknown()),
  })
  .openapi('PastEvent')

/** Where the log begins and ends: how far a screen can go back. `replay` names the storm that was played into this database. */
export const pastExtent = z
  .object({
    from: instant.nullable(),
    to: instant.nullable(),
    now: instant,
    replay: z.object({ file: z.string(), policy: z.string() }).nullable(),
  })
  .openapi('PastExtent')
export type PastExtent = z.infer<typeof pastExtent>

const kept = z.object({ owed: z.number().int(), kept: z.number().int() })

export const stormReport = z
  .object({
    from: instant,
    to: instant,
    network: z.object({ name: z.string(), timezone: z.string() }),
    exercise: z.boolean(),
    totals: z.object({
      customers: z.number().int().openapi({ description: 'served in all' }),
      interrupted: z.number().int().openapi({ description: 'service points that were without supply at least once' }),
      interruptions: z.number().int(),
      customer_minutes: z.number(),
      incidents: z.number().int(),
      restored: z.number().int(),
      reports: z.number().int(),
      messages_sent: z.number().int(),
      messages_dead: z.number().int(),
    }),
    peak: z
      .object({ at: instant, customers_out: z.number().int() })
      .nullable()
      .openapi({ description: 'the most customers out at once, and since when; null where nobody was' }),
    curve: z
      .array(z.object({ at: instant, customers_out: z.number().int(), incidents_open: z.number().int() }))
      .openapi({
        description: 'at equal steps: the most customers out since the step before, and incidents open as it stood',
      }),
    promises: z.object({
      arrival: kept,
      escalated: z.array(z.object({ kind: z.string(), warned: z.number().int(), escalated: z.number().int() })),
    }),
    estimates: z.object({
      incidents: z.number().int().openapi({ description: 'restored in the period, and told an estimate before' }),
      first_error_min: z.number().nullable().openapi({ description: 'mean distance of the first estimate told' }),
      last_error_min: z.number().nullable().openapi({ description: 'mean distance of the last estimate told' }),
      inside: z.number().int().openapi({ description: 'restored within the interval that was told first' }),
      kept: z.number().int().openapi({ description: 'restored no later than the first estimate told' }),
    }),
    dispatch: z.object({
      assignments: z.number().int(),
      crews: z.number().int(),
      distance_km: z.number(),
      crossings: z.number().int(),
      crossing_minutes: z.number().openapi({ description: 'arrival sooner than the home district could, added up' }),
      crossing_customer_minutes: z.number(),
    }),
    plans: z.object({
      made: z.number().int(),
      applied: z.number().int(),
      best: z
        .object({
          made_at: instant,
          against: z.string(),
          customer_minutes: z.number(),
          promises: z.number().int(),
          says,
        })
        .nullable()
        .openapi({ description: 'the applied plan that spared the most against staying in home districts' }),
    }),
    worst: z.array(
      z.object({
        id: z.string(),
        number: z.number().int(),
        place: z.string(),
        location: z.object({ lon: z.number(), lat: z.number() }),
        transformer_ids: z.array(z.string()),
        status: incidentStatus,
        cause: cause.nullable(),
        customers: z.number().int(),
        started_at: instant,
        first_arrival_at: instant.nullable(),
        restored_at: instant.nullable(),
        customer_minutes: z.number(),
      }),
    ),
    timeline: z.array(z.object({ at: instant, kind: z.string(), incident_id: z.string().nullable(), says })),
  })
  .openapi('StormReport')
export type StormReport = z.infer<typeof stormReport>
