// Trouble calls on the wire.
import { z } from '@hono/zod-openapi'
import { instant, page, point, says } from './shapes.ts'

export const channel = z.enum(['hotline', 'web', 'wechat', 'app', 'sms', 'crew'])
export type Channel = z.infer<typeof channel>
export const symptom = z.enum(['no_power', 'part_power', 'dim', 'hazard'])
export type Symptom = z.infer<typeof symptom>

export const verdictKind = z.enum([
  'nonpayment',
  'planned',
  'known_incident',
  'customer_side',
  'new_incident',
  'verify_first',
  'unlocated',
])
export type VerdictKind = z.infer<typeof verdictKind>
export const locateMethod = z.enum([
  'account',
  'meter',
  'phone',
  'address',
  'inside_area',
  'nearest_area',
  'by_hand',
  'none',
])
export type LocateMethod = z.infer<typeof locateMethod>

const text = (max: number) => z.string().trim().min(1).max(max)

const phone = z
  .string()
  .trim()
  .regex(/^\+?[\d -]{5,20}$/, 'digits, spaces and dashes, 5 to 20 of them')

export const reportInput = z
  .object({
    channel,
    account_no: text(64).optional(),
    meter_no: text(64).optional(),
    phone: phone.optional(),
    address: text(300).optional(),
    location: point.optional(),
    symptom: symptom.default('no_power'),
    text: z.string().trim().max(2000).optional(),
    reported_at: instant.optional(),
  })
  .refine((report) => report.account_no ?? report.meter_no ?? report.phone ?? report.address ?? report.location, {
    path: ['account_no'],
    message: 'something to locate it by: account_no, meter_no, phone, address or location',
  })
  .openapi('ReportInput')
export type ReportInput = z.infer<typeof reportInput>

/** Another place that the caller may have meant, best first. */
export const locateCandidate = z
  .object({
    transformer_id: z.string(),
    service_point_id: z.string().optional(),
    label: z.string(),
    confidence: z.number().min(0).max(1),
    distance_m: z.number().optional(),
  })
  .openapi('LocateCandidate')
export type LocateCandidate = z.infer<typeof locateCandidate>

export const located = z
  .object({
    transformer_id: z.string(),
    service_point_id: z.string().optional(),
    method: locateMethod,
    distance_m: z.number().optional(),
    confidence: z.number().min(0).max(1),
  })
  .openapi('Located')
export type Located = z.infer<typeof located>

/** One receipt of a judgement: what was looked at and what it said. */
export const receipt = z.object({ what: z.string(), value: z.string(), at: instant.optional() }).openapi('Receipt')
export type Receipt = z.infer<typeof receipt>

export const verdict = z
  .object({
    kind: verdictKind,
    rule: z.string(),
    says,
    evidence: z.array(receipt),
    incident_id: z.string().optional(),
    hazard_incident_id: z.string().optional(),
  })
  .openapi('Verdict')
export type Verdict = z.infer<typeof verdict>

export const reportAnswer = z
  .object({
    id: z.string(),
    located: located.nullable(),
    candidates: z.array(locateCandidate).optional(),
    verdict,
    repeats: z.string().optional(),
    follow: z.string().openapi({ description: 'where the caller can follow it', example: '/follow/ab12cd34' }),
  })
  .openapi('ReportAnswer')
export type ReportAnswer = z.infer<typeof reportAnswer>

/** A report as staff see it. */
export const reportView = z
  .object({
    id: z.string(),
    channel,
    account_no: z.string().nullable(),
    meter_no: z.string().nullable(),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    location: point.nullable(),
    symptom,
    text: z.string().nullable(),
    reported_at: instant,
    received_at: instant,
    located: located.nullable(),
    candidates: z.array(locateCandidate),
    verdict: verdict.nullable(),
    repeats: z.string().nullable(),
  })
  .openapi('Report')
export type ReportView = z.infer<typeof reportView>

export const reportFilter = page.extend({
  kind: verdictKind.optional(),
  incident_id: z.string().optional(),
  transformer_id: z.string().optional(),
  since: instant.optional(),
  set_aside: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ description: 'only those that were set aside, or none of them' }),
})

/** Why a report without a place is worked on no more: nobody answers there, it is another's ground, or it was no trouble call. */
export const setAsideReasons = ['unreachable', 'elsewhere', 'no_trouble'] as const
export const setAsideInput = z
  .object({ reason: z.enum(setAsideReasons), note: text(300).optional() })
  .openapi('SetAsideInput')
export type SetAsideInput = z.infer<typeof setAsideInput>

export const placeInput = z
  .object({ transformer_id: z.string().optional(), service_point_id: z.string().optional() })
  .refine((place) => place.transformer_id ?? place.service_point_id, {
    path: ['transformer_id'],
    message: 'transformer_id or service_point_id',
  })
  .openapi('PlaceInput')

/** Where a caller says that their own unlocated report came from: one of the places that they were asked about, or another way. */
export const callerPlace = z
  .union([
    z.strictObject({
      candidate: text(300).openapi({
        description: 'the label of one of the candidates that the report was answered with',
      }),
    }),
    z.strictObject({ account_no: text(64) }),
    z.strictObject({ meter_no: text(64) }),
    z.strictObject({ phone }),
    z.strictObject({ address: text(300) }),
    z.strictObject({ location: point }),
  ])
  .openapi('CallerPlace')
export type CallerPlace = z.infer<typeof callerPlace>
