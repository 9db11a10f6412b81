// What an administrator sets: channels, quiet hours, the stop switch, approval; and what is decided about single messages.
import { fieldsToCheckZh } from '../contract/field-words.ts'
import type {
  ChannelInput,
  ChannelView,
  NotificationSetting,
  NotificationSettingView,
} from '../contract/notifications.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Database } from '../database/index.ts'
import { appendEvent } from '../live/index.ts'
import { faultsOf, type ChannelConfig } from './channels/open-channel.ts'
import { channelViewOf, readSetting, withKeptSecrets, type ChannelRow } from './reads.ts'

/**
 * Throws Refusal where the settings do not fit the kind; nothing is kept of them then. A secret that comes back as it is shown stays
 * what it was, so that a rate can be changed by who does not know it.
 */
export async function putChannel(
  database: Database,
  channel: string,
  input: ChannelInput,
  now: Date,
): Promise<ChannelView> {
  const before = await database.maybe<ChannelConfig>('notifications/read_channel', { channel })
  const kept = before?.kind === input.kind ? (before.settings as ChannelInput['settings']) : {}
  const settings = withKeptSecrets(input.settings, kept)
  const errors = faultsOf(input.kind, settings)
  if (errors.length > 0)
    throw new Refusal(
      'invalid',
      {
        zh: fieldsToCheckZh(errors.map((each) => each.path)),
        en: errors.map((each) => `${each.path}: ${each.message}`).join('; '),
      },
      errors,
    )
  const row = await database.one<ChannelRow>('notifications/put_channel', {
    channel,
    ...input,
    settings: JSON.stringify(settings),
    now,
  })
  return channelViewOf(row)
}

export async function putSetting(
  database: Database,
  setting: NotificationSetting,
  by: string,
  now: Date,
): Promise<NotificationSettingView> {
  const channels = await database.rows<ChannelRow>('notifications/list_channels')
  if (!channels.some((each) => each.channel === setting.phone_channel))
    throw new Refusal(
      'invalid',
      { zh: `没有渠道 ${setting.phone_channel}`, en: `phone_channel: there is no channel ${setting.phone_channel}` },
      [{ path: 'phone_channel', message: `one of ${channels.map((each) => each.channel).join(', ')}` }],
    )
  await database.touch('notifications/put_setting', { public_url: null, ...setting, by, now })
  return readSetting(database)
}

/** Lets a held matter go, or drops it; the second to decide is refused. Answers how many messages that were. */
export function decideMatter(
  database: Database,
  matterId: number,
  decision: 'approved' | 'refused',
  by: string,
  now: Date,
): Promise<number> {
  return database.transaction(async (transaction) => {
    const decided = { matter_id: matterId, state: decision, decided_by: by }
    const matter = await transaction.maybe<{ key: string; incident_id: string | null }>(
      'notifications/decide_matter',
      decided,
    )
    if (!matter)
      throw new Refusal('out_of_order', {
        zh: `通知 ${matterId} 不在待批准状态`,
        en: `Matter ${matterId} is not waiting for approval`,
      })
    const approved = decision === 'approved'
    const count = await transaction.touch('notifications/release_held', {
      matter_id: matterId,
      state: approved ? 'queued' : 'superseded',
      reason: approved ? null : `refused by ${by}`,
      now,
    })
    await appendEvent(transaction, {
      name: 'notification',
      step: decision,
      subject_id: matter.key,
      incident_id: matter.incident_id,
      actor: by,
      data: { matter: matter.key, count },
    })
    return count
  })
}

/** Sends a dead message once more; throws Refusal where it is not dead. */
export async function reviveNotification(database: Database, id: number, now: Date): Promise<void> {
  const revived = await database.transaction(async (transaction) => {
    transaction.hint()
    return transaction.touch('notifications/revive', { id, matter_id: null, now })
  })
  if (revived === 0)
    throw new Refusal('out_of_order', {
      zh: `通知 ${id} 不是失败的，不能重发`,
      en: `Notification ${id} is not a dead one`,
    })
}

/** Sends all dead messages of a matter once more. Answers how many; throws Refusal where none is dead. */
export async function reviveMatter(database: Database, matterId: number, now: Date): Promise<number> {
  const count = await database.transaction(async (transaction) => {
    transaction.hint()
    return transaction.touch('notifications/revive', { id: null, matter_id: matterId, now })
  })
  if (count === 0)
    throw new Refusal('out_of_order', {
      zh: `通知 ${matterId} 没有发送失败的`,
      en: `No message of matter ${matterId} is dead`,
    })
  return count
}
