// Notifications and matters as staff look them up.
import type {
  ChannelInput,
  ChannelView,
  MatterView,
  NotificationSettingView,
  NotificationState,
  NotificationView,
} from '../contract/notifications.ts'
import type { Queries } from '../database/index.ts'
import type { Saying } from './message-words.ts'
import type { ClaimedRow } from './claimed-row.ts'
import { readReason } from './reason-words.ts'
import { textOf } from './send-batch.ts'

/** A page of a list: what is asked for, and where the page before left off. */
type Page = { limit: number; cursor?: string | undefined }
type Listed<View> = { items: View[]; next_cursor: string | null }

type Row = ClaimedRow & {
  channel: string
  template: string
  state: NotificationState
  reason: string | null
  next_try_at: Date
  sent_at: Date | null
  sent_text: string | null
}

export type NotificationQuery = Page & {
  state?: NotificationState | undefined
  incident_id?: string | undefined
  service_point_id?: string | undefined
  planned_outage_id?: string | undefined
  matter_id?: number | undefined
  channel?: string | undefined
}

/** Newest first; texts as they were sent, or as they would read now. */
export async function listNotifications(
  queries: Queries,
  query: NotificationQuery,
  now: Date,
): Promise<Listed<NotificationView>> {
  const saying = await queries.one<Saying>('notifications/read_setting')
  const { state, incident_id, service_point_id, planned_outage_id, matter_id, channel } = query
  const about = { incident_id, service_point_id, planned_outage_id, matter_id }
  const filter = { state, channel, now, ...about, ...pageOf(query) }
  const rows = await queries.rows<Row>('notifications/list_notifications', filter)
  return pagedBy(
    rows.map((row) => viewOf(row, saying, now)),
    query.limit,
  )
}

function viewOf(row: Row, saying: Saying, now: Date): NotificationView {
  return {
    id: row.id,
    matter: row.matter,
    incident_id: row.matter_incident_id,
    service_point_id: row.service_point_id,
    channel: row.channel,
    template: row.template,
    language: row.language,
    recipient: row.recipient,
    text: row.sent_text ?? textOrReason(row, saying, row.sent_at ?? now),
    state: row.state,
    tries: row.tries,
    reason: row.reason,
    reason_read: row.reason === null ? null : readReason(row.reason),
    created_at: row.created_at.toISOString(),
    next_try_at: row.next_try_at.toISOString(),
    sent_at: row.sent_at?.toISOString() ?? null,
  }
}

function textOrReason(row: Row, saying: Saying, at: Date): string {
  try {
    return textOf(row, saying, at)
  } catch (reason) {
    return (reason as Error).message
  }
}

export async function listMatters(
  queries: Queries,
  query: Page & {
    incident_id?: string | undefined
    planned_outage_id?: string | undefined
    state?: string | undefined
    failing?: 'true' | undefined
  },
): Promise<Listed<MatterView>> {
  type MatterRow = Omit<MatterView, 'created_at'> & { created_at: Date }
  const { incident_id, planned_outage_id, state } = query
  const filter = { incident_id, planned_outage_id, state, failing: query.failing === 'true', ...pageOf(query) }
  const rows = await queries.rows<MatterRow>('notifications/list_matters', filter)
  return pagedBy(
    rows.map((row) => ({ ...row, created_at: row.created_at.toISOString() })),
    query.limit,
  )
}

/** One row more than a page is read, to know whether there is another. */
function pageOf({ limit, cursor }: Page): { limit: number; before: number | null } {
  return { limit: limit + 1, before: cursor === undefined ? null : Number.parseInt(cursor, 10) || 0 }
}

function pagedBy<View extends { id: number }>(rows: View[], limit: number): Listed<View> {
  const items = rows.slice(0, limit)
  return { items, next_cursor: rows.length > limit ? String(items.at(-1)!.id) : null }
}

export async function readSetting(queries: Queries): Promise<NotificationSettingView> {
  type SettingRow = Omit<NotificationSettingView, 'stopped_at'> & { stopped_at: Date | null }
  const row = await queries.one<SettingRow>('notifications/read_setting')
  const { phone_channel, stopped, approve_above, quiet_from, quiet_to, stopped_by } = row
  const public_url = row.public_url ?? null
  const stopped_at = row.stopped_at?.toISOString() ?? null
  return { phone_channel, stopped, approve_above, quiet_from, quiet_to, public_url, stopped_by, stopped_at }
}

export type ChannelRow = ChannelInput & { channel: string; updated_at: Date }

export async function listChannels(queries: Queries): Promise<ChannelView[]> {
  return (await queries.rows<ChannelRow>('notifications/list_channels')).map(channelViewOf)
}

const secrets = ['secret', 'password', 'private_key', 'replies_token']
/** What stands for a secret where a channel is shown; given back, it means the secret that is kept. */
const hidden = '…'

/** A channel without its secrets. */
export function channelViewOf(row: ChannelRow): ChannelView {
  const settings = Object.fromEntries(
    Object.entries(row.settings).map(([name, value]) => [name, secrets.includes(name) ? hidden : value]),
  )
  return { ...row, settings, updated_at: row.updated_at.toISOString() }
}

/** `settings` with the secrets that `kept` has, where they were left as they are shown. */
export function withKeptSecrets(settings: ChannelInput['settings'], kept: ChannelInput['settings']) {
  const own = Object.entries(settings).map(([name, value]) => {
    const isLeft = secrets.includes(name) && value === hidden && name in kept
    return [name, isLeft ? kept[name] : value]
  })
  return Object.fromEntries(own) as ChannelInput['settings']
}
