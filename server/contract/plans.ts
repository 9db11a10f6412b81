// Storm plans and the savings of crossing districts on the wire.
import { z } from '@hono/zod-openapi'
import { instant, says } from './shapes.ts'

export const planInput = z
  .object({
    previous_plan_id: z
      .string()
      .optional()
      .openapi({ description: 'the plan to start from; the newest one where none is named' }),
    budget_ms: z
      .number()
      .int()
      .min(10)
      .max(2000)
      .optional()
      .openapi({ description: 'time to search: 50 ms from a plan before, 300 ms from nothing' }),
  })
  .openapi('PlanInput')
export type PlanInput = z.infer<typeof planInput>

export const plannedStop = z
  .object({
    incident_id: z.string(),
    kind: z.enum(['assess', 'repair', 'generator']),
    committed: z.boolean().openapi({ description: 'the crew is on it already, so the plan leaves it as it is' }),
    arrives_at: instant,
    completes_at: instant,
    restored_at: instant.nullable(),
    travel_s: z.number(),
    distance_m: z.number(),
    promise_met: z.boolean().nullable(),
    crosses_boundary: z.boolean(),
    customers_out: z.number().int(),
  })
  .openapi('PlannedStop')
export type PlannedStop = z.infer<typeof plannedStop>

export const planFigures = z
  .object({
    customer_minutes: z.number(),
    distance_km: z.number(),
    promises_owed: z.number().int(),
    promises_kept: z.number().int(),
    unassigned: z.number().int(),
  })
  .openapi('PlanFigures')
export type PlanFigures = z.infer<typeof planFigures>

export const planAlternative = z
  .object({
    policy: z.enum([
      'home_first_come',
      'home_customers_first',
      'any_first_come',
      'any_customers_first',
      'assignment_rounds',
    ]),
    figures: planFigures,
    saves: z
      .object({ customer_minutes: z.number(), distance_km: z.number(), promises: z.number().int() })
      .openapi({ description: 'what the plan spares against this policy; below zero where it costs more' }),
  })
  .openapi('PlanAlternative')

export const planView = z
  .object({
    id: z.string(),
    made_at: instant,
    made_by: z.string(),
    event_seq: z.number().int(),
    search_ms: z.number(),
    crews: z.array(z.object({ crew_id: z.string(), crew_name: z.string(), stops: z.array(plannedStop) })),
    unassigned: z.array(
      z.object({ incident_id: z.string(), reason: z.enum(['skills', 'shift', 'no_crew']), says: z.string() }),
    ),
    figures: planFigures,
    crews_changed: z
      .number()
      .int()
      .openapi({ description: 'crews whose next stop is another than in the plan before' }),
    alternatives: z.array(planAlternative),
    compared_at: instant
      .optional()
      .openapi({ description: 'when the alternatives were reckoned: a plan kept in force is compared every 30 s' }),
    says,
    stale: z
      .array(z.object({ subject: z.string(), says }))
      .openapi({ description: 'what has changed since; empty while the plan can be applied' }),
    applied_at: instant.nullable(),
    applied_by: z.string().nullable(),
  })
  .openapi('Plan')
export type PlanView = z.infer<typeof planView>

/** The plan kept in force; nothing of it is offered before somebody applies it. */
export const standingPlan = z
  .object({
    is_on: z.boolean(),
    changed_by: z.string().nullable(),
    changed_at: instant.nullable(),
    plan: planView.nullable(),
  })
  .openapi('StandingPlan')
export type StandingPlan = z.infer<typeof standingPlan>
export const standingPlanInput = z.object({ is_on: z.boolean() }).openapi('StandingPlanInput')

export const applyInput = z
  .object({
    crew_ids: z
      .array(z.string())
      .min(1)
      .max(1000)
      .optional()
      .openapi({ description: 'whose first stop to offer; all free crews of the plan where none is named' }),
  })
  .openapi('ApplyInput')

export const savings = z
  .object({
    since: instant,
    crossings: z.number().int(),
    reckoned: z.number().int().openapi({ description: 'crossings with a crew of the home district to compare with' }),
    minutes: z.number(),
    customer_minutes: z.number(),
    items: z.array(
      z.object({
        assignment_id: z.string(),
        incident_id: z.string(),
        crew_id: z.string(),
        arrives_at: instant,
        home_arrives_at: instant.nullable(),
        minutes: z.number().nullable(),
        customers: z.number().int(),
      }),
    ),
    says,
  })
  .openapi('Savings')
export type Savings = z.infer<typeof savings>
