// What anyone may see: areas, never points; counts under five are not told; nobody's details.
import { z } from '@hono/zod-openapi'
import { estimate, incidentStatus } from './incidents.ts'
import { estimateScore } from './ledger.ts'
import { instant, says } from './shapes.ts'

/** A count that tells no household apart: null stands for "fewer than 5". */
export const publicCount = z.number().int().nullable().openapi('PublicCount')

export const publicIncident = z
  .object({
    id: z.string(),
    status: incidentStatus,
    place: z.string(),
    district: z.string().nullable(),
    customers_out: publicCount,
    started_at: instant,
    restored_at: instant.nullable(),
    verified: z.boolean().openapi({ description: 'whether a restoration has been verified' }),
    estimate: estimate.nullable(),
    estimate_passed: z
      .literal(true)
      .optional()
      .openapi({ description: 'the estimate that was given has passed, and no newer one is known' }),
    crew: z.enum(['none', 'assigned', 'on_the_way', 'on_site', 'done']),
    cause: z.string().nullable(),
    says,
    updated_at: instant,
  })
  .openapi('PublicIncident')
export type PublicIncident = z.infer<typeof publicIncident>

const leavesOut = z
  .literal(true)
  .optional()
  .openapi({ description: 'the count is the least there are: each that is under five goes into it as one' })

/** Work announced ahead that leaves customers without supply now; absent where there is none. */
export const plannedNow = z.object({ outages: z.number().int(), customers: publicCount, leaves_out: leavesOut })
export type PlannedNow = z.infer<typeof plannedNow>

export const publicSummary = z
  .object({
    at: instant,
    timezone: z.string().openapi({ description: 'the network’s: every time that is said goes by it' }),
    customers: z.number().int(),
    customers_out: publicCount,
    leaves_out: leavesOut,
    incidents_open: z.number().int(),
    planned_now: plannedNow.optional(),
    districts: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        customers_out: publicCount,
        leaves_out: leavesOut,
        incidents_open: z.number().int(),
        planned_now: plannedNow.optional(),
      }),
    ),
    incidents: z.array(publicIncident),
    /** How good our estimates of the last 90 days turned out to be. */
    estimates: estimateScore.optional(),
  })
  .openapi('PublicSummary')
export type PublicSummary = z.infer<typeof publicSummary>

/** What is so for one customer, and what may be said. */
export const customerStatus = z
  .object({
    kind: z.enum([
      'disconnected',
      'planned',
      'planned_overrun',
      'suspected',
      'confirmed',
      'crew_on_its_way',
      'crew_on_site',
      'restored_unverified',
      'restored',
      'own_side',
      'no_outage_known',
    ]),
    says,
    incident_id: z.string().nullable(),
    since: instant.nullable(),
    estimate: z.object({ at: instant, low: instant, high: instant }).nullable(),
  })
  .openapi('CustomerStatus')
export type CustomerStatusView = z.infer<typeof customerStatus>

/** Work announced for a place, or under way there. */
export const plannedHere = z
  .object({
    id: z.string(),
    starts_at: instant,
    ends_at: instant,
    state: z.enum(['announced', 'started']),
    reason: z.string().nullable(),
  })
  .openapi('PlannedHere')
export type PlannedHere = z.infer<typeof plannedHere>

/** What is looked for: words, or where the asker stands. */
export const findQuery = z
  .object({
    q: z.string().trim().min(1).max(100).optional(),
    lon: z.coerce.number().min(-180).max(180).optional(),
    lat: z.coerce.number().min(-90).max(90).optional(),
  })
  .refine(({ q, lon, lat }) => q !== undefined || (lon !== undefined && lat !== undefined), {
    path: ['q'],
    message: 'an address, a street, a village or an area; or lon and lat',
  })
export type FindQuery = z.infer<typeof findQuery>

/** The ground that an address or a name stands for, and what is so there; never a household. */
export const foundPlace = z
  .object({
    place: z
      .string()
      .openapi({ description: 'the area, or its district alone where fewer than five customers are served' }),
    district: z.string().nullable(),
    state: z.enum(['out', 'part_out', 'planned', 'being_checked', 'restored', 'none_known', 'not_told']),
    says,
    incidents: z.array(publicIncident),
    planned: z.array(plannedHere),
    calendar: z.string().nullable(),
    shape: z.object({ type: z.enum(['Polygon', 'MultiPolygon']), coordinates: z.array(z.unknown()) }).nullable(),
  })
  .openapi('FoundPlace')
export type FoundPlace = z.infer<typeof foundPlace>

export const foundPlaces = z
  .object({
    places: z.array(foundPlace).openapi({ description: 'the likeliest first; one where it is sure' }),
    is_number: z.boolean().openapi({ description: 'reads like an account number: its holder looks under “My place”' }),
    timezone: z.string(),
    at: instant,
  })
  .openapi('FoundPlaces')
export type FoundPlaces = z.infer<typeof foundPlaces>

/** What shows that somebody may speak for an account. */
export const accountKey = z.object({
  account_no: z.string().trim().min(1).max(64),
  phone_last4: z.string().regex(/^\d{4}$/, 'the last four digits of the phone'),
})

/** What a customer sent back by SMS or a messenger, as a gateway hands it on. */
export const replyInput = z
  .object({ from: z.string().trim().min(3).max(100), text: z.string().trim().min(1).max(2000) })
  .openapi('ReplyInput')
export const replyAnswer = z
  .object({ kind: z.enum(['back', 'still_out', 'courtesy', 'nobody_asked', 'not_understood']), says })
  .openapi('ReplyAnswer')

/** One's own place: what is so, who is answerable, why it is as it is. */
export const placeView = z
  .object({
    kind: customerStatus.shape.kind,
    says,
    manager: z.object({ name: z.string(), phone: z.string().nullable(), grid: z.string().nullable() }).nullable(),
    why_neighbours: says.nullable(),
    why_truck: says.nullable(),
    planned: z.array(plannedHere).openapi({ description: 'announced for this place, the soonest first' }),
    calendar: z.string().nullable().openapi({ description: 'these as iCalendar; null where there are none' }),
  })
  .openapi('MyPlace')
export type PlaceView = z.infer<typeof placeView>
