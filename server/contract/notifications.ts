// Messages owed to customers, as staff see them.
import { z } from '@hono/zod-openapi'
import { instant, language, page } from './shapes.ts'

export const notificationState = z.enum(['queued', 'sending', 'sent', 'delivered', 'dead', 'held'])
export type NotificationState = z.infer<typeof notificationState>

export const notificationView = z
  .object({
    id: z.number().int(),
    matter: z.string(),
    incident_id: z.string().nullable(),
    service_point_id: z.string(),
    channel: z.string(),
    template: z.string(),
    language,
    recipient: z.string(),
    text: z.string(),
    state: notificationState,
    tries: z.number().int(),
    reason: z.string().nullable(),
    created_at: instant,
    next_try_at: instant,
    sent_at: instant.nullable(),
  })
  .openapi('Notification')
export type NotificationView = z.infer<typeof notificationView>

export const notificationFilter = page.extend({
  state: notificationState.optional(),
  incident_id: z.string().optional(),
  service_point_id: z.string().optional(),
  channel: z.string().optional(),
})
