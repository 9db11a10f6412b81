// Messages owed to customers, as staff see them.
import { z } from '@hono/zod-openapi'
import { instant, language, page, says } from './shapes.ts'

export const notificationState = z.enum(['queued', 'sending', 'sent', 'delivered', 'dead', 'held', 'superseded'])
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
    reason_read: z
      .object({ code: z.string(), says, raw: z.string().nullable() })
      .nullable()
      .openapi({ description: 'the reason in the reader’s words, with what the provider itself said' }),
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
  planned_outage_id: z.string().optional(),
  matter_id: z.coerce.number().int().optional(),
  channel: z.string().optional(),
})

/** Something customers are told, once: its messages are counted by their state. */
export const matterView = z
  .object({
    id: z.number().int(),
    key: z.string(),
    kind: z.string(),
    incident_id: z.string().nullable(),
    planned_outage_id: z.string().nullable(),
    place: z.string().nullable().openapi({ description: 'where the incident or the planned work is' }),
    template: z.string(),
    state: z.enum(['open', 'held', 'approved', 'refused']),
    decided_by: z.string().nullable(),
    created_at: instant,
    counts: z.record(z.string(), z.number().int()),
  })
  .openapi('Matter')
export type MatterView = z.infer<typeof matterView>

export const matterFilter = page.extend({
  incident_id: z.string().optional(),
  planned_outage_id: z.string().optional(),
  state: matterView.shape.state.optional(),
  failing: z.enum(['true']).optional().openapi({ description: 'only those of which messages are dead' }),
})

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM')

/** How notifications are set; `stopped` is the stop switch of all channels. */
export const notificationSetting = z
  .object({
    phone_channel: z.string(),
    stopped: z.boolean(),
    approve_above: z.number().int().min(0),
    quiet_from: timeOfDay.nullable(),
    quiet_to: timeOfDay.nullable(),
    /** Where customers reach the public page: links in messages lead there. */
    public_url: z
      .url({ protocol: /^https?$/ })
      .refine(
        (url) => new URL(url).pathname === '/' && !url.endsWith('/'),
        'an address without a path, like https://power.example',
      )
      .nullish(),
  })
  .refine((setting) => (setting.quiet_from === null) === (setting.quiet_to === null), {
    path: ['quiet_to'],
    message: 'quiet_from and quiet_to go together',
  })
  .openapi('NotificationSetting')
export type NotificationSetting = z.infer<typeof notificationSetting>

/** The setting as it stands, with who last turned the stop switch. */
export const notificationSettingView = notificationSetting
  .safeExtend({ stopped_by: z.string().nullable(), stopped_at: instant.nullable() })
  .openapi('NotificationSettingView')
export type NotificationSettingView = z.infer<typeof notificationSettingView>

export const channelKind = z.enum(['print', 'webhook', 'wecom', 'dingtalk', 'smtp', 'smpp', 'kannel', 'web_push'])

export const channelInput = z
  .object({
    kind: channelKind,
    settings: z.record(z.string(), z.unknown()).default({}),
    rate_per_s: z.number().positive().max(10_000).nullable().default(null),
    stopped: z.boolean().default(false),
  })
  .openapi('ChannelInput')
export type ChannelInput = z.infer<typeof channelInput>

/** A channel as configured; secrets are never given back. */
export const channelView = channelInput.extend({ channel: z.string(), updated_at: instant }).openapi('Channel')
export type ChannelView = z.infer<typeof channelView>

/** How a channel stands: nothing of how it is reached. */
export const channelStanding = z
  .object({
    channel: z.string(),
    kind: channelKind,
    rate_per_s: z.number().nullable(),
    stopped: z.boolean(),
    waiting: z.number().int(),
    waiting_since: instant.nullable(),
    dead: z.number().int(),
    sent_last_hour: z.number().int(),
  })
  .openapi('ChannelStanding')
export type ChannelStanding = z.infer<typeof channelStanding>

export const templateInput = z.object({ body: z.string().trim().min(1).max(1000) }).openapi('TemplateInput')
export const templateView = z
  .object({ kind: z.string(), language, version: z.number().int(), body: z.string(), words: z.array(z.string()) })
  .openapi('Template')
export type TemplateView = z.infer<typeof templateView>
export const previewAnswer = z.object({ text: z.string(), without: z.string() }).openapi('TemplatePreview')
/** One of the wordings that a kind has had; the first stands in the program and is nobody's. */
export const templateVersion = z
  .object({
    version: z.number().int(),
    body: z.string(),
    created_at: instant.nullable(),
    created_by: z.string().nullable(),
  })
  .openapi('TemplateVersion')
export type TemplateVersion = z.infer<typeof templateVersion>
