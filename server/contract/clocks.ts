// Promise clocks, what they may take, how they were kept, and the switches of automatic dispatch on the wire.
import { z } from '@hono/zod-openapi'
import { instant, says } from './shapes.ts'

export const clockKind = z.enum(['dispatch', 'accept', 'depart', 'arrive', 'restore', 'report_back'])
export type ClockKind = z.infer<typeof clockKind>

export const clockView = z
  .object({
    subject_id: z.string(),
    kind: clockKind,
    state: z.enum(['running', 'warned', 'escalated']),
    incident_id: z.string(),
    place: z.string(),
    assignment_id: z.string().nullable(),
    crew_id: z.string().nullable(),
    crew_name: z.string().nullable(),
    started_at: instant,
    due_at: instant,
    expected_at: instant.nullable().openapi({ description: 'when it is expected to be met, where that is known' }),
    important: z.boolean().openapi({ description: 'critical customers are out' }),
    answerable: z.string().nullable().openapi({ description: 'who took the call first' }),
    says,
  })
  .openapi('Clock')
export type ClockView = z.infer<typeof clockView>

const districtKind = z.enum(['urban', 'rural', 'remote'])
export const stageLimit = z
  .object({
    kind: clockKind,
    district_kind: districtKind,
    important: z.boolean(),
    limit_s: z.number().int().min(60).max(172_800),
    average_s: z.number().int().min(60).max(172_800).nullable(),
    warn_s: z.number().int().min(0).max(86_400),
  })
  .openapi('StageLimit')
export type StageLimit = z.infer<typeof stageLimit>

export const incidentClass = z.enum(['hazard', 'medium_voltage', 'transformer', 'low_voltage', 'single_customer'])
export type IncidentClass = z.infer<typeof incidentClass>

const automaticSwitch = z.object({ class: incidentClass, is_on: z.boolean() })

/** A change of the settings, as it stands in the event log: what was put, and what stood before. */
export const settingsChange = z
  .object({
    seq: z.number().int(),
    at: instant,
    actor: z.string(),
    step: z.enum(['set', 'undone']),
    before: z.object({ automatic: z.array(automaticSwitch), limits: z.array(stageLimit) }),
    after: z.object({ automatic: z.array(automaticSwitch), limits: z.array(stageLimit) }),
  })
  .openapi('DispatchSettingsChange')
export type SettingsChange = z.infer<typeof settingsChange>

export const dispatchSettings = z
  .object({
    automatic: z.array(
      z.object({
        class: incidentClass,
        is_on: z.boolean(),
        changed_by: z.string().nullable(),
        changed_at: instant.nullable(),
      }),
    ),
    limits: z.array(stageLimit),
    changes: z
      .array(settingsChange)
      .optional()
      .openapi({ description: 'the last changes, newest first; the first can be undone' }),
  })
  .openapi('DispatchSettings')
export type DispatchSettings = z.infer<typeof dispatchSettings>

/** Only what is named is changed. */
export const dispatchSettingsInput = z
  .object({
    automatic: z.array(automaticSwitch).max(5).optional(),
    limits: z.array(stageLimit).max(36).optional(),
  })
  .openapi('DispatchSettingsInput')
export type DispatchSettingsInput = z.infer<typeof dispatchSettingsInput>

const stage = z.object({ mean_s: z.number().nullable(), longest_s: z.number().nullable() }).openapi('StageTime')
export const assessment = z
  .object({
    subject: z.string().nullable().openapi({ description: 'the crew or the station' }),
    name: z.string().nullable(),
    offered: z.number().int(),
    declined: z.number().int(),
    expired: z.number().int(),
    finished: z.number().int(),
    accept: stage,
    depart: stage,
    travel: stage,
    work: stage,
    arrivals: z.number().int(),
    arrivals_promised: z.number().int(),
    arrivals_kept: z.number().int(),
    restorations_promised: z.number().int(),
    restorations_kept: z.number().int(),
    first_report_to_arrival: stage,
  })
  .openapi('Assessment')
export type Assessment = z.infer<typeof assessment>
