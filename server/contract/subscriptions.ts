// What a customer asks for: in which language, on which channels, when not to be disturbed.
import { z } from '@hono/zod-openapi'
import { accountKey } from './public.ts'
import { language } from './shapes.ts'

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM')

/** What is left out stays as it is. */
export const preferenceInput = accountKey
  .extend({
    language: language.optional(),
    by_phone: z.boolean().optional(),
    at_night: z.boolean().optional(),
    quiet_from: timeOfDay.nullish(),
    quiet_to: timeOfDay.nullish(),
  })
  .refine((wanted) => Boolean(wanted.quiet_from) === Boolean(wanted.quiet_to), {
    path: ['quiet_to'],
    message: 'quiet_from and quiet_to go together',
  })
  .openapi('PreferenceInput')
export type PreferenceInput = z.infer<typeof preferenceInput>

export const preferenceView = z
  .object({
    language: language.nullable(),
    by_phone: z.boolean(),
    at_night: z.boolean(),
    quiet_from: timeOfDay.nullable(),
    quiet_to: timeOfDay.nullable(),
    subscriptions: z.array(z.object({ channel: z.string(), recipient: z.string(), language })),
  })
  .openapi('Preferences')
export type PreferenceView = z.infer<typeof preferenceView>

export const subscriptionInput = accountKey
  .extend({
    channel: z.string().max(31),
    recipient: z.string().trim().min(3).max(2000),
    language: language.default('zh'),
  })
  .openapi('SubscriptionInput')
export type SubscriptionInput = z.infer<typeof subscriptionInput>

export const subscriptionView = z
  .object({ id: z.number().int(), channel: z.string(), recipient: z.string(), language })
  .openapi('Subscription')

/** A channel that customers may subscribe to by themselves; `public_key` is for web push. */
export const openChannel = z
  .object({ channel: z.string(), kind: z.enum(['smtp', 'web_push']), public_key: z.string().nullable() })
  .openapi('OpenChannel')
export type OpenChannel = z.infer<typeof openChannel>
