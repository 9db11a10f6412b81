// Planned outages on the wire: what is switched off and when, whom it leaves without supply, whether they are told in time, and
// which of them are better done at once.
import { z } from '@hono/zod-openapi'
import { instant, listOf, page, says } from './shapes.ts'

export const plannedState = z.enum(['announced', 'started', 'ended', 'cancelled', 'joined'])
export type PlannedState = z.infer<typeof plannedState>

/** Which public notice period the work owes. */
export const noticeKind = z.enum(['planned', 'temporary'])
export type NoticeKind = z.infer<typeof noticeKind>

const ids = z.array(z.string().min(1).max(100)).max(2000)
const ring = z
  .array(z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]))
  .min(3)
  .max(500)

const window = { starts_at: instant, ends_at: instant }
const named = {
  equipment_ids: ids.default([]).openapi({ description: 'switched off: everything fed through them is out' }),
  transformer_ids: ids.default([]),
  area: ring
    .optional()
    .openapi({ description: 'longitude and latitude around the transformers to switch off; WGS 84' }),
}

const planning = z.object({ ...window, ...named, notice: noticeKind.default('planned') })
const endsLater = {
  path: ['ends_at'],
  message: 'after starts_at, by 30 days at most',
}
const inOrder = ({ starts_at, ends_at }: { starts_at: string; ends_at: string }) => {
  const length_ms = Date.parse(ends_at) - Date.parse(starts_at)
  return length_ms > 0 && length_ms <= 30 * 86_400_000
}

/** What somebody thinks of switching off; nothing is kept. */
export const previewInput = planning.refine(inOrder, endsLater).openapi('PlannedOutagePreviewInput')
export type PreviewInput = z.infer<typeof previewInput>

const waiver = z
  .string()
  .trim()
  .min(4)
  .max(300)
  .optional()
  .openapi({ description: 'why customers are told later than the rule asks; without it a late one is refused' })

export const announceInput = planning
  .extend({ reason: z.string().trim().min(1).max(300), waiver })
  .refine(inOrder, endsLater)
  .openapi('PlannedOutageInput')
export type AnnounceInput = z.infer<typeof announceInput>

/** Whether customers are told as long before as the public rule asks. */
export const notice = z
  .object({
    kind: noticeKind,
    needed_h: z.number(),
    given_h: z.number(),
    met: z.boolean(),
    earliest_at: instant.openapi({ description: 'the first start that the rule allows, were it announced now' }),
    waiver: z.string().nullable(),
    rule: says,
  })
  .openapi('PlannedOutageNotice')
export type NoticeView = z.infer<typeof notice>

export const impact = z
  .object({
    customers: z.number().int(),
    customer_hours: z.number(),
    transformers: z.number().int(),
    feeder_ids: z.array(z.string()),
    critical: z.array(z.object({ kind: z.string(), customers: z.number().int() })),
    generators: z
      .array(
        z.object({
          transformer_id: z.string(),
          name: z.string(),
          kva: z.number().nullable(),
          for: z.array(z.string()),
        }),
      )
      .openapi({ description: 'one mobile generator for each transformer that critical customers hang on' }),
    often: z
      .array(z.object({ transformer_id: z.string(), name: z.string(), planned_this_year: z.number().int() }))
      .openapi({ description: 'transformers with more planned outages in this calendar year than the rule allows' }),
  })
  .openapi('PlannedOutageImpact')
export type ImpactView = z.infer<typeof impact>

export const plannedPart = z
  .object({
    from: z.string(),
    equipment_ids: ids,
    transformer_ids: ids,
    ends_at: instant,
    reason: z.string().nullable(),
  })
  .openapi('PlannedOutagePart')
export type PlannedPart = z.infer<typeof plannedPart>

/** A planned outage as lists and the stream carry it. */
export const plannedSummary = z
  .object({
    id: z.string(),
    state: plannedState,
    ...window,
    started_at: instant.nullable(),
    ended_at: instant.nullable(),
    overrun: z.boolean(),
    reason: z.string().nullable(),
    note: z.string().nullable(),
    equipment_ids: ids,
    transformer_ids: ids,
    parts: z.array(plannedPart),
    customers: z.number().int(),
    customers_out: z.number().int(),
    critical_customers: z.number().int(),
    customer_hours: z.number(),
    places: z.array(z.string()).openapi({ description: 'the first ten transformer areas, by customers' }),
    ground: z.array(z.string()).openapi({ description: 'the transformers traced as without supply' }),
    joined_into: z.string().nullable(),
    announced_at: instant,
    announced_by: z.string(),
    version: z.number().int(),
  })
  .openapi('PlannedOutageSummary')
export type PlannedSummary = z.infer<typeof plannedSummary>

/** Two that are better done at once, with the customers' hours either way. */
export const joinProposal = z
  .object({
    outage_ids: z.array(z.string()).length(2),
    starts_at: instant,
    ends_at: instant,
    apart_h: z
      .number()
      .openapi({ description: 'between the end of one and the start of the other; negative where they overlap' }),
    customers: z.number().int(),
    customers_twice: z.number().int().openapi({ description: 'who would be switched off a second time' }),
    customer_hours_before: z.number(),
    customer_hours_after: z.number(),
    customer_hours_spared: z.number(),
    notice,
    says,
  })
  .openapi('PlannedOutageJoin')
export type JoinProposal = z.infer<typeof joinProposal>

export const previewAnswer = z
  .object({ ground: z.array(z.string()), transformer_ids: ids, impact, notice, joins: z.array(joinProposal) })
  .openapi('PlannedOutagePreview')
export type PreviewAnswer = z.infer<typeof previewAnswer>

export const plannedView = plannedSummary
  .extend({
    impact,
    notice,
    areas: z.array(
      z.object({
        transformer_id: z.string(),
        name: z.string(),
        customers: z.number().int(),
        critical_customers: z.number().int(),
        ends_at: instant,
        back_at: instant.nullable(),
      }),
    ),
    joins: z.array(joinProposal),
  })
  .openapi('PlannedOutage')
export type PlannedView = z.infer<typeof plannedView>

export const plannedFilter = page.extend({
  state: z.string().optional().openapi({ description: 'states, separated by commas', example: 'announced,started' }),
  from: instant.optional().openapi({ description: 'those that end after this' }),
  to: instant.optional().openapi({ description: 'those that start before this' }),
  transformer_id: z.string().optional(),
})
export type PlannedFilter = z.infer<typeof plannedFilter>

export const joinInput = z
  .object({
    outage_ids: z.array(z.string()).length(2),
    starts_at: instant.optional().openapi({ description: 'another start than the proposed one' }),
    waiver,
  })
  .openapi('PlannedOutageJoinInput')
export type JoinInput = z.infer<typeof joinInput>

export const startInput = z.object({ at: instant.optional() }).openapi('PlannedOutageStart')
export const extendInput = z
  .object({ ends_at: instant, note: z.string().trim().max(300).optional() })
  .openapi('PlannedOutageExtend')
export type ExtendInput = z.infer<typeof extendInput>
export const endInput = z
  .object({
    at: instant.optional(),
    transformer_ids: ids.min(1).optional().openapi({ description: 'where supply is back; all of it by default' }),
  })
  .openapi('PlannedOutageEnd')
export type EndInput = z.infer<typeof endInput>
export const cancelInput = z.object({ reason: z.string().trim().min(1).max(300) }).openapi('PlannedOutageCancel')

export const plannedPage = listOf(plannedSummary).openapi('PlannedOutagePage')
export const joinPage = z.object({ items: z.array(joinProposal) }).openapi('PlannedOutageJoins')

/** Planned work as anyone may see it: areas, never points; no count under five. */
export const publicPlanned = z
  .object({
    id: z.string(),
    ...window,
    state: z.enum(['announced', 'started']),
    overrun: z.boolean(),
    reason: z.string().nullable(),
    places: z
      .array(z.string())
      .openapi({ description: 'the first three areas; none where fewer than five customers live' }),
    more_places: z.number().int(),
    district: z.string().nullable(),
    customers: z.number().int().nullable().openapi({ description: 'null: fewer than five' }),
    distance_m: z
      .number()
      .int()
      .nullable()
      .openapi({ description: 'to the nearest of its areas, in hundreds of metres' }),
    calendar: z.string(),
  })
  .openapi('PublicPlannedOutage')
export type PublicPlanned = z.infer<typeof publicPlanned>

export const publicPlannedFilter = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(20).openapi({ type: 'integer' }),
  cursor: z
    .string()
    .regex(/^\d{1,6}$/, 'taken from next_cursor of the page before')
    .optional(),
  lon: z.coerce.number().min(-180).max(180).optional().openapi({ type: 'number' }),
  lat: z.coerce
    .number()
    .min(-90)
    .max(90)
    .optional()
    .openapi({ type: 'number', description: 'with lon: the nearest first' }),
})
export type PublicPlannedFilter = z.infer<typeof publicPlannedFilter>
export const publicPlannedPage = listOf(publicPlanned).openapi('PublicPlannedOutagePage')
