// Incidents on the wire.
import { z } from '@hono/zod-openapi'
import { assignmentView } from './assignments.ts'
import { bbox, instant, page, point } from './shapes.ts'

export const incidentStatus = z.enum([
  'suspected',
  'probable',
  'confirmed',
  'partly_restored',
  'restored',
  'closed',
  'cancelled',
])
export type IncidentStatus = z.infer<typeof incidentStatus>
export const equipmentKind = z.enum([
  'breaker',
  'recloser',
  'switch',
  'fuse',
  'line',
  'transformer',
  'lv_branch',
  'meter_box',
  'service_point',
])
export type EquipmentKind = z.infer<typeof equipmentKind>

/** Causes in the categories of IEEE 1782. */
export const cause = z.enum([
  'equipment',
  'lightning',
  'planned',
  'power_supply',
  'public',
  'vegetation',
  'weather',
  'wildlife',
  'customer_equipment',
  'unknown',
  'other',
])
export type Cause = z.infer<typeof cause>

export const estimateSource = z.enum(['history', 'plan', 'crew', 'dispatcher', 'prior'])
export type EstimateSource = z.infer<typeof estimateSource>
export const estimate = z
  .object({ at: instant, low: instant, high: instant, source: estimateSource })
  .openapi('Estimate')
export type Estimate = z.infer<typeof estimate>

export const rival = z.object({ equipment_id: z.string(), probability: z.number().min(0).max(1) }).openapi('Rival')
export type Rival = z.infer<typeof rival>

/** The check that would best tell the rivals apart. */
export const nextCheck = z
  .object({ kind: z.enum(['ping_meter', 'look_at']), subject_id: z.string(), gain_bits: z.number() })
  .openapi('NextCheck')
export type NextCheck = z.infer<typeof nextCheck>

/** One kind of evidence for (positive) or against (negative) the inferred device; natural logarithm, 2.3 makes it ten times as likely. */
export const incidentReceipt = z
  .object({
    kind: z.enum([
      'prior',
      'report',
      'no_report',
      'power_off',
      'no_power_off',
      'power_on',
      'ping',
      'telemetry_open',
      'telemetry_untold',
    ]),
    count: z.number().int(),
    log_ratio: z.number(),
    service_point_ids: z.array(z.string()),
  })
  .openapi('IncidentReceipt')
export type IncidentReceipt = z.infer<typeof incidentReceipt>

/** What the meters below an incident said last: whether supply is really back can be seen by it. */
export const verification = z
  .object({
    asked: z.boolean().openapi({ description: 'supply was given back and nobody has said that all is well' }),
    meters_back: z.number().int(),
    meters_dark: z.number().int(),
    ping: z.string().nullable().openapi({ description: 'a service point whose meter would tell' }),
  })
  .openapi('Verification')
export type Verification = z.infer<typeof verification>

/** Who verified that supply is back: meters and customers who answered, the silence after it, or a dispatcher. */
export const verifier = z.enum(['answers', 'silence', 'dispatcher'])
export type Verifier = z.infer<typeof verifier>

/** Trouble with the same device in the six months before. */
export const recurring = z.object({ count: z.number().int(), last_at: instant.nullable() }).openapi('Recurring')
export type Recurring = z.infer<typeof recurring>

/** The last step of a dispatcher that undo would take back. */
export const undoable = z
  .object({ step: z.enum(['confirm', 'merge', 'split', 'cancel', 'restore', 'close']), at: instant, actor: z.string() })
  .openapi('Undoable')
export type Undoable = z.infer<typeof undoable>

/** A cause as the utility's own people pick it, in its category of IEEE 1782. */
export const causeCode = z
  .object({ code: z.string(), category: cause, zh: z.string(), en: z.string() })
  .openapi('CauseCode')
export type CauseCode = z.infer<typeof causeCode>

/** An incident as lists, the stream and the map carry it. */
export const incidentSummary = z
  .object({
    id: z.string(),
    number: z.number().int(),
    status: incidentStatus,
    hazard: z.boolean(),
    equipment: z.object({ id: z.string(), kind: equipmentKind }),
    feeder_id: z.string().nullable(),
    district_code: z.string().nullable(),
    place: z.string().openapi({ description: 'the transformer or feeder that people know it by' }),
    location: point,
    transformer_ids: z.array(z.string()),
    customers_affected: z.number().int(),
    customers_out: z.number().int(),
    critical_customers: z.number().int(),
    started_at: instant,
    confirmed_at: instant.nullable(),
    restored_at: instant.nullable(),
    verified_at: instant.nullable().optional(),
    verified_by: verifier.nullable().optional(),
    cause: cause.nullable(),
    probability: z.number(),
    estimate: estimate.nullable(),
    parent_id: z.string().nullable(),
    merged_into: z.string().nullable(),
    call_taker: z
      .string()
      .nullable()
      .optional()
      .openapi({ description: 'who took it first and stays answerable until it is closed' }),
    reports: z.number().int(),
    assignments: z.array(assignmentView),
    version: z.number().int(),
    updated_at: instant,
  })
  .openapi('IncidentSummary')
export type IncidentSummary = z.infer<typeof incidentSummary>

export const evidenceView = z
  .object({
    kind: z.enum(['report', 'power_off', 'power_on', 'telemetry', 'crew', 'dispatcher']),
    at: instant,
    supports: z.boolean(),
    service_point_id: z.string().nullable(),
    transformer_id: z.string().nullable(),
    equipment_id: z.string().nullable(),
    report_id: z.string().nullable(),
    state: z.string().nullable(),
  })
  .openapi('Evidence')
export type EvidenceView = z.infer<typeof evidenceView>

export const timelineEntry = z
  .object({
    seq: z.number().int(),
    at: instant,
    name: z.string(),
    step: z.string(),
    actor: z.string(),
    data: z.record(z.string(), z.unknown()),
  })
  .openapi('TimelineEntry')
export type TimelineEntry = z.infer<typeof timelineEntry>

/** One incident, whole. */
export const incidentView = incidentSummary
  .extend({
    evidence: z.array(evidenceView),
    rivals: z.array(rival),
    next_check: nextCheck.nullable(),
    receipts: z.array(incidentReceipt),
    cause_code: z.string().nullable(),
    recurring,
    verification,
    undoable: undoable.nullable().optional(),
    timeline: z.array(timelineEntry),
  })
  .openapi('Incident')
export type IncidentView = z.infer<typeof incidentView>

export const incidentFilter = page.extend({
  status: z.string().optional().openapi({
    description: 'one or more of the states, comma-separated; `open` stands for all that are not closed or cancelled',
  }),
  bbox: bbox.optional(),
  district: z.string().optional(),
  since: instant.optional(),
})

const note = z.string().trim().max(2000).optional()
export const confirmInput = z.object({ equipment_id: z.string().optional(), note }).openapi('ConfirmInput')
export const causeInput = z
  .object({
    cause: cause.optional(),
    code: z
      .string()
      .trim()
      .min(1)
      .max(40)
      .optional()
      .openapi({ description: "the utility's own code; its category is taken" }),
    note,
  })
  .refine(({ cause, code }) => cause !== undefined || code !== undefined, {
    path: ['cause'],
    message: 'a cause or a code',
  })
  .openapi('CauseInput')
export const estimateInput = z
  .object({
    at: instant,
    low: instant.optional(),
    high: instant.optional(),
    source: z.enum(['crew', 'dispatcher']).default('dispatcher'),
  })
  .openapi('EstimateInput')
export const restoreInput = z
  .object({
    transformer_ids: z.array(z.string()).min(1).max(5000).optional(),
    equipment_ids: z.array(z.string()).min(1).max(500).optional(),
    service_point_ids: z.array(z.string()).min(1).max(5000).optional(),
    at: instant.optional(),
  })
  .openapi('RestoreInput')
export const mergeInput = z.object({ incident_ids: z.array(z.string()).min(1).max(50) }).openapi('MergeInput')
export const splitInput = z
  .object({ equipment_id: z.string(), transformer_ids: z.array(z.string()).min(1).optional() })
  .openapi('SplitInput')
export const reasonInput = z.object({ reason: z.string().trim().min(1).max(500) }).openapi('ReasonInput')
export const undoInput = z.object({ note }).openapi('UndoInput')
export const verifyInput = z.object({ note }).openapi('VerifyInput')
export const closeInput = z
  .object({
    note,
    verified: z.boolean().optional().openapi({
      description: 'your word that everybody has supply; without it customers are told so only once it is verified',
    }),
  })
  .openapi('CloseInput')

/** Meters and switches speaking. */
export const meterEvent = z
  .object({ meter_no: z.string().min(1).max(64), kind: z.enum(['power_off', 'power_on']), at: instant })
  .openapi('MeterEvent')
export type MeterEvent = z.infer<typeof meterEvent>
/** An event that was kept out of judging, and why; a call names the first twenty. */
export const keptAside = z
  .object({ meter_no: z.string(), at: instant, reason: z.object({ zh: z.string(), en: z.string() }) })
  .openapi('KeptAside')
export type KeptAside = z.infer<typeof keptAside>
export const meterCounts = z
  .object({
    received: z.number().int(),
    taken: z.number().int(),
    duplicate: z.number().int(),
    stale: z.number().int(),
    unknown_meter: z.number().int(),
    in_future: z.number().int(),
    already_explained: z.number().int(),
    kept_aside: z.array(keptAside).optional(),
    incidents: z.array(z.string()),
  })
  .openapi('MeterCounts')
export type MeterCounts = z.infer<typeof meterCounts>
export const telemetryInput = z
  .object({ equipment_id: z.string(), state: z.enum(['open', 'closed']), commanded: z.boolean(), at: instant })
  .openapi('TelemetryInput')
export type TelemetryInput = z.infer<typeof telemetryInput>
export const telemetryAnswer = z
  .object({
    outcome: z.enum(['incident', 'switching', 'reclosed', 'unchanged', 'stale']),
    incident_id: z.string().nullable(),
    remarks: z.array(z.string()).optional().openapi({ description: 'what is odd since: equipment that closes a ring' }),
  })
  .openapi('TelemetryAnswer')
export type TelemetryAnswer = z.infer<typeof telemetryAnswer>
