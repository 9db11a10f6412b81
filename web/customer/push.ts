// Having messages pushed to this browser: the account is shown by its phone's last digits, the browser's own subscription is what
// the messages go to.
import type { OpenChannel } from '../../server/contract/subscriptions.ts'
import { ask } from '../live/ask.ts'

export type Account = { account_no: string; phone_last4: string; language: 'zh' | 'en' }
/** `unknown`: no account of this number and digits; `often`: too many tries; `closed`: the utility has no such channel. */
export type Subscribed = 'done' | 'closed' | 'denied' | 'unknown' | 'often' | 'failed'

export const canPush = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

export async function subscribeHere(account: Account): Promise<Subscribed> {
  const channels = await ask<{ items: OpenChannel[] }>(null, '/api/public/channels')
  if (!('answer' in channels)) return 'failed'
  const open = channels.answer.items.find(({ kind }) => kind === 'web_push')
  if (!open?.public_key) return 'closed'
  if ((await Notification.requestPermission()) !== 'granted') return 'denied'
  try {
    await navigator.serviceWorker.register('/notice-worker.js', { scope: '/' })
    const { pushManager } = await navigator.serviceWorker.ready
    const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: open.public_key })
    const body = { ...account, channel: open.channel, recipient: JSON.stringify(subscription) }
    const kept = await ask(null, '/api/customers/subscriptions', { body })
    if ('answer' in kept) return 'done'
    return kept.refused.status === 404 ? 'unknown' : kept.refused.status === 429 ? 'often' : 'failed'
  } catch {
    return 'failed'
  }
}
