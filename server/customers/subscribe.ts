// What a customer asks for, and what takes it back: preferences, subscriptions, the link that ends one.
import { z } from 'zod'
import { Refusal } from '../contract/refusal.ts'
import type { Says } from '../contract/shapes.ts'
import type { OpenChannel, PreferenceInput, PreferenceView, SubscriptionInput } from '../contract/subscriptions.ts'
import type { Database, Queries } from '../database/index.ts'
import { masked } from '../notifications/index.ts'
import type { OwnPoint } from './account-door.ts'

type Kept = Omit<PreferenceView, 'subscriptions'>
type Subscribed = PreferenceView['subscriptions'][number] & { id: number }

/** The channels that customers may subscribe to. */
export function listOpenChannels(queries: Queries): Promise<OpenChannel[]> {
  return queries.rows<OpenChannel>('customers/list_open_channels')
}

/** Keeps what is given of `wanted` for each of an account's points, and answers how it all stands at the first. */
export function putPreference(
  database: Database,
  points: OwnPoint[],
  wanted: Omit<PreferenceInput, 'account_no' | 'phone_last4'>,
): Promise<PreferenceView> {
  return database.transaction(async (transaction) => {
    const [kept] = await transaction.rows<Kept>('customers/put_preference', {
      points: points.map(({ id }) => id),
      language: wanted.language ?? null,
      by_phone: wanted.by_phone ?? null,
      at_night: wanted.at_night ?? null,
      sets_quiet: wanted.quiet_from !== undefined,
      quiet_from: wanted.quiet_from ?? null,
      quiet_to: wanted.quiet_to ?? null,
    })
    const subscriptions = await transaction.rows<Subscribed>('customers/list_subscriptions', {
      service_point_id: points[0]!.id,
    })
    const shown = subscriptions.map(({ channel, recipient, language }) => ({
      channel,
      recipient: maskedRecipient(recipient),
      language,
    }))
    return { ...kept!, subscriptions: shown }
  })
}

/** One subscription a channel for each of an account's points: another address replaces the one before. Throws Refusal where it could never be reached. */
export async function subscribe(
  database: Database,
  points: OwnPoint[],
  { channel, recipient, language }: Pick<SubscriptionInput, 'channel' | 'recipient' | 'language'>,
): Promise<Subscribed> {
  const known = (await listOpenChannels(database)).find((each) => each.channel === channel)
  if (!known)
    throw new Refusal(
      'unprocessable',
      { zh: `没有可订阅的渠道 ${channel}`, en: `channel: there is no channel ${channel} to subscribe to` },
      [{ path: 'channel', message: 'one of GET /api/public/channels' }],
    )
  const fault = faultOf(known.kind, recipient)
  if (fault)
    throw new Refusal('invalid', { zh: `请填写${fault.zh}`, en: `recipient: ${fault.en}` }, [
      { path: 'recipient', message: fault.en },
    ])
  const kept = { points: points.map(({ id }) => id), channel, recipient, language }
  const [first] = await database.rows<{ id: number }>('customers/put_subscription', kept)
  return { id: first!.id, channel, recipient: maskedRecipient(recipient), language }
}

/** Ends the subscription, at all points of its account; false where there is none any more. */
export async function unsubscribe(database: Database, id: number): Promise<boolean> {
  return (await database.touch('customers/drop_subscription', { id })) > 0
}

const push = z.object({
  endpoint: z.url({ protocol: /^https$/ }),
  keys: z.object({ p256dh: z.string().min(1), auth: z.string().min(1) }),
})

function faultOf(kind: OpenChannel['kind'], recipient: string): Says | null {
  if (kind === 'smtp')
    return z.email().max(254).safeParse(recipient).success ? null : { zh: '电子邮箱地址', en: 'an e-mail address' }
  try {
    push.parse(JSON.parse(recipient))
    return null
  } catch {
    return { zh: '浏览器给出的推送订阅（JSON）', en: 'a push subscription as the browser gives it, in JSON' }
  }
}

function maskedRecipient(recipient: string): string {
  return recipient.startsWith('{') ? '…' : masked(recipient)
}
