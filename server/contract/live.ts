// The live stream: what its events are called and what they carry.
import { z } from '@hono/zod-openapi'
import { crewView } from './assignments.ts'
import { incidentSummary } from './incidents.ts'
import { districtView } from './network.ts'
import { instant } from './shapes.ts'

export const eventName = z.enum([
  'report',
  'incident',
  'assignment',
  'crew',
  'estimate',
  'notification',
  'clock',
  'network',
  'planned',
  'request',
  'plan',
])
export type EventName = z.infer<typeof eventName>

/** One event of the log. `data` holds the subject as it stands after the step, in the shape its list has: an incident event carries an IncidentSummary, a crew event a Crew. */
export type LiveEvent = {
  seq: number
  at: string
  name: EventName
  step: string
  subject_id: string
  incident_id: string | null
  actor: string
  data: Record<string, unknown>
}

/** Sums that a wall shows at a glance. */
export const counts = z
  .object({
    customers: z.number().int(),
    customers_out: z.number().int(),
    incidents_open: z.number().int(),
    reports_today: z.number().int(),
    restored_today: z.number().int(),
    crossings_today: z.number().int(),
    notifications_queued: z.number().int(),
    notifications_sent_today: z.number().int(),
    notifications_dead: z.number().int(),
  })
  .openapi('Counts')
export type Counts = z.infer<typeof counts>

/** Everything a screen needs to begin; `seq` is the last event already in it. */
export const snapshot = z
  .object({
    seq: z.number().int(),
    at: instant,
    network: z.object({ name: z.string(), timezone: z.string(), bbox: z.array(z.number()).length(4).nullable() }),
    districts: z.array(districtView),
    incidents: z.array(incidentSummary),
    crews: z.array(crewView),
    counts,
    exercise: z.boolean().optional().openapi({ description: 'true where nothing of this is real (演练)' }),
  })
  .openapi('Snapshot')
export type Snapshot = z.infer<typeof snapshot>
