// Complaints, questions and other requests on the wire.
import { z } from '@hono/zod-openapi'
import { instant, language, page, says } from './shapes.ts'

export const requestKind = z.enum(['complaint', 'question', 'other'])
export type RequestKind = z.infer<typeof requestKind>

const text = (max: number) => z.string().trim().min(1).max(max)

export const requestInput = z
  .object({
    kind: requestKind,
    text: text(2000),
    channel: z.enum(['hotline', 'web', 'wechat', 'app', 'sms']).default('web'),
    account_no: text(64).optional(),
    address: text(200).optional().openapi({ description: 'the place, where no account is known' }),
    email: z.email().max(200).optional(),
    language: language.optional().openapi({ description: 'in which the answer is sent' }),
    phone: z
      .string()
      .trim()
      .regex(/^\+?[\d -]{5,20}$/, 'digits, spaces and dashes, 5 to 20 of them')
      .optional(),
  })
  .openapi('RequestInput')
export type RequestInput = z.infer<typeof requestInput>

export const requestAnswer = z
  .object({ id: z.string(), due_at: instant, follow: z.string(), says })
  .openapi('RequestAnswer')
export type RequestAnswer = z.infer<typeof requestAnswer>

export const requestView = z
  .object({
    id: z.string(),
    kind: requestKind,
    text: z.string(),
    channel: z.string(),
    account_no: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    place: z.string().nullable(),
    received_at: instant,
    due_at: instant,
    owner: z.string(),
    first_owner: z.string().nullable(),
    state: z.enum(['open', 'answered']),
    answer: z.string().nullable(),
    answered_at: instant.nullable(),
    explained: z.number().int(),
    overdue: z.boolean(),
    due_soon: z.boolean().openapi({ description: 'its owner has been, or would be, warned' }),
    steps: z.array(
      z.object({ step: z.string(), actor: z.string(), owner: z.string(), note: z.string().nullable(), at: instant }),
    ),
  })
  .openapi('Request')
export type RequestView = z.infer<typeof requestView>

export const requestFilter = page.extend({
  state: z.enum(['open', 'answered']).default('open'),
  owner: z.string().max(100).optional(),
})

/** Whoever has requests, or may be given one. */
export const requestOwner = z
  .object({ owner: z.string(), open: z.number().int(), due: z.number().int(), overdue: z.number().int() })
  .openapi('RequestOwner')
export type RequestOwner = z.infer<typeof requestOwner>

export const handOverInput = z.object({ to: text(100), note: text(500) }).openapi('RequestHandOver')
export const explainInput = z.object({ text: text(2000), until: instant }).openapi('RequestExplanation')
export const replyToInput = z.object({ text: text(4000) }).openapi('RequestReply')

const surveyGroup = z.object({
  key: z.string(),
  name: z.string(),
  count: z.number().int(),
  speed: z.number(),
  told: z.number(),
})

/** Marks from 1 to 5 by crew, station and cause; groups under five answers are left out, so that nobody is told apart. */
export const surveyResults = z
  .object({
    count: z.number().int(),
    speed: z.number().nullable(),
    told: z.number().nullable(),
    by_crew: z.array(surveyGroup),
    by_station: z.array(surveyGroup),
    by_cause: z.array(surveyGroup),
  })
  .openapi('SurveyResults')
export type SurveyResults = z.infer<typeof surveyResults>

/** An area that keeps failing or keeps complaining. */
export const troubleArea = z
  .object({
    transformer_id: z.string(),
    name: z.string(),
    lon: z.number(),
    lat: z.number(),
    incidents: z.number().int(),
    requests: z.number().int(),
    months: z
      .array(z.object({ month: z.string(), incidents: z.number().int(), requests: z.number().int() }))
      .openapi({ description: 'the months with trouble, `2026-07`, on the network’s clock' }),
  })
  .openapi('TroubleArea')
export type TroubleArea = z.infer<typeof troubleArea>
