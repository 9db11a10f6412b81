// Crews, candidates and assignments on the wire.
import { z } from '@hono/zod-openapi'
import { symptom } from './reports.ts'
import { instant, point, says } from './shapes.ts'

export const assignmentStatus = z.enum([
  'offered',
  'accepted',
  'en_route',
  'on_site',
  'finished',
  'declined',
  'withdrawn',
  'expired',
])
export type AssignmentStatus = z.infer<typeof assignmentStatus>
export const travelMethod = z.enum(['road', 'straight_line'])

export const lineString = z
  .object({ type: z.literal('LineString'), coordinates: z.array(z.array(z.number()).min(2).max(3)) })
  .openapi('LineString')
export type LineString = z.infer<typeof lineString>

/** What the crew found. */
export const findings = z
  .object({
    cause: z.string().optional(),
    damaged_equipment_id: z.string().optional(),
    customer_side: z.boolean().optional(),
    restored: z.boolean().optional(),
    still_out_transformer_ids: z.array(z.string()).optional(),
    note: z.string().max(2000).optional(),
    visit: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  })
  .openapi('Findings')
export type Findings = z.infer<typeof findings>

export const assignmentView = z
  .object({
    id: z.string(),
    incident_id: z.string(),
    crew_id: z.string(),
    crew_name: z.string(),
    role: z.enum(['lead', 'support']),
    status: assignmentStatus,
    offered_at: instant,
    answer_by: instant.nullable(),
    accepted_at: instant.nullable(),
    departed_at: instant.nullable(),
    arrived_at: instant.nullable(),
    finished_at: instant.nullable(),
    ended_at: instant.nullable(),
    reason: z.string().nullable(),
    travel_s: z.number().nullable(),
    distance_m: z.number().nullable(),
    method: travelMethod.nullable(),
    crosses_boundary: z.boolean(),
    arrives_at: instant.nullable(),
    promised_at: instant.nullable(),
    automatic: z.boolean().optional().openapi({ description: 'offered by the switch for its class, not by a person' }),
    plan_id: z.string().nullable().optional(),
    handed_from: z
      .string()
      .nullable()
      .optional()
      .openapi({ description: 'the assignment that was handed over to this one' }),
    help: z
      .object({ id: z.string(), asked_at: instant, reason: z.string() })
      .nullable()
      .optional()
      .openapi({ description: 'help asked for and not yet answered' }),
    findings: findings.nullable().optional().openapi({ description: 'what the crew found, once it is finished' }),
  })
  .openapi('Assignment')
export type AssignmentView = z.infer<typeof assignmentView>

/** An assignment with what its crew needs on the way. */
export const assignmentDetail = assignmentView.extend({ route: lineString.nullable() }).openapi('AssignmentDetail')
export type AssignmentDetail = z.infer<typeof assignmentDetail>

/** Who reported an incident and can be asked. Never for the public or the wall. */
export const caller = z
  .object({
    report_id: z.string(),
    reported_at: instant,
    symptom,
    service_point_id: z.string().nullable(),
    address: z.string().nullable(),
    phone: z.string().nullable(),
  })
  .openapi('Caller')
export type Caller = z.infer<typeof caller>

/** What a crew is on, or has been offered; its callers only while it is. */
export const crewWork = z
  .object({
    assignment: assignmentDetail.nullable(),
    callers: z.array(caller),
    timezone: z.string().openapi({ description: "the network's clock, by which every time is said" }),
  })
  .openapi('CrewWork')
export type CrewWork = z.infer<typeof crewWork>

export const assignInput = z
  .object({
    crew_id: z.string().optional(),
    auto: z.boolean().optional(),
    role: z.enum(['lead', 'support']).default('lead'),
  })
  .refine((input) => (input.crew_id !== undefined) !== (input.auto === true), {
    path: ['crew_id'],
    message: 'either crew_id, or auto: true',
  })
  .openapi('AssignInput')

/** When a step happened, where the phone had no network to say so at the time. */
export const stepInput = z.object({ at: instant.optional() }).openapi('StepInput')
export const refuseInput = z
  .object({ reason: z.string().trim().min(1).max(500), at: instant.optional() })
  .openapi('RefuseInput')

export const finishInput = stepInput.extend({ findings: findings.optional() }).openapi('FinishInput')

/** Hands the work over to another crew; what was done so far stays with the incident. */
export const handOverInput = z
  .object({ crew_id: z.string(), note: z.string().trim().min(1).max(2000) })
  .openapi('HandOverInput')
/** Asks for a second crew. */
export const helpInput = z
  .object({
    reason: z.string().trim().min(1).max(500),
    skills: z.array(z.string().min(1).max(40)).max(10).default([]),
    at: instant.optional().openapi({ description: 'when it was asked, where the phone had no network then' }),
  })
  .openapi('HelpInput')
export const helpRequest = z
  .object({
    id: z.string(),
    assignment_id: z.string(),
    incident_id: z.string(),
    crew_id: z.string(),
    crew_name: z.string(),
    asked_at: instant,
    reason: z.string(),
    skills: z.array(z.string()),
    answered_at: instant.nullable(),
    answered_by: z.string().nullable(),
  })
  .openapi('HelpRequest')
export type HelpRequest = z.infer<typeof helpRequest>

export const candidate = z
  .object({
    crew_id: z.string(),
    crew_name: z.string(),
    travel_s: z.number(),
    distance_m: z.number(),
    route: lineString.optional(),
    method: travelMethod,
    crosses_boundary: z.boolean(),
    home_district: z.string().nullable(),
    skills_missing: z.array(z.string()),
    free: z.boolean().openapi({ description: 'it has no assignment now' }),
    free_at: instant,
    arrives_at: instant,
    promise_met: z.boolean(),
    refused_before: z
      .boolean()
      .openapi({ description: 'it declined this incident or did not answer: only a person offers it again' }),
    score: z
      .number()
      .openapi({ description: 'seconds until it would be restored by this crew, penalties included: fewer is better' }),
    says,
  })
  .openapi('Candidate')
export type Candidate = z.infer<typeof candidate>

export const crewStatus = z.enum(['available', 'offered', 'accepted', 'en_route', 'on_site', 'off_duty'])
export type CrewStatus = z.infer<typeof crewStatus>

export const crewView = z
  .object({
    id: z.string(),
    name: z.string(),
    station_id: z.string().nullable(),
    home_district: z.string().nullable(),
    skills: z.array(z.string()),
    shift_start: z.string().nullable(),
    shift_end: z.string().nullable(),
    members: z.number().int().nullable(),
    phone: z.string().nullable(),
    vehicle: z.string().nullable(),
    tracker_id: z.string().nullable(),
    on_loan_to: z.string().nullable(),
    status: crewStatus,
    on_shift: z.boolean(),
    location: point,
    position_at: instant.nullable(),
    heading: z.number().nullable(),
    assignment_id: z.string().nullable(),
    incident_id: z.string().nullable(),
    version: z.number().int(),
  })
  .openapi('Crew')
export type CrewView = z.infer<typeof crewView>

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM')
export const crewInput = z
  .object({
    name: z.string().trim().min(1).max(100).optional(),
    station_id: z.string().nullable().optional(),
    home_district: z.string().nullable().optional(),
    skills: z.array(z.string().min(1).max(40)).max(20).optional(),
    shift_start: timeOfDay.nullable().optional(),
    shift_end: timeOfDay.nullable().optional(),
    members: z.number().int().min(1).max(50).nullable().optional(),
    phone: z.string().nullable().optional(),
    vehicle: z.string().nullable().optional(),
    tracker_id: z.string().nullable().optional(),
    on_loan_to: z.string().nullable().optional(),
    off_duty: z.boolean().optional(),
    location: point.optional(),
  })
  .openapi('CrewInput')
export type CrewInput = z.infer<typeof crewInput>

export const positionInput = point
  .extend({
    at: instant,
    accuracy_m: z.number().min(0).max(100_000).optional(),
    speed_mps: z.number().min(0).max(100).optional(),
    heading: z.number().min(0).max(360).optional(),
  })
  .openapi('Position')
export type PositionInput = z.infer<typeof positionInput>
/** One position, or a phone's backlog in any order; one without an instant is refused by itself, not with the rest. */
export const positionsInput = z
  .union([
    positionInput,
    z.object({
      positions: z
        .array(positionInput.partial({ at: true }))
        .min(1)
        .max(5000),
    }),
  ])
  .openapi('Positions')
export const positionCounts = z
  .object({
    taken: z.number().int(),
    duplicate: z.number().int(),
    refused: z.array(z.object({ at: z.string(), reason: z.string() })),
    doubted: z.array(z.object({ at: z.string(), reason: z.string() })).openapi({
      description: 'taken, but faster than a vehicle can go: believed once another position confirms it',
    }),
  })
  .openapi('PositionCounts')
export type PositionCounts = z.infer<typeof positionCounts>
