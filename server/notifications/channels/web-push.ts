// Web Push (RFC 8030, encrypted by RFC 8291, signed by VAPID, RFC 8292). The recipient is the browser's subscription as JSON.
import webPush, { WebPushError, type PushSubscription } from 'web-push'
import { z } from 'zod'
import type { Channel, Outcome } from './channel.ts'

export const webPushSettings = z.object({
  /** Whom a push service may write to: `mailto:` or an address of a page. */
  subject: z.string().regex(/^(mailto:|https:\/\/)/, 'mailto: or https:'),
  public_key: z.string().min(80),
  private_key: z.string().min(40),
})

const subscription = z.object({
  endpoint: z.url({ protocol: /^https$/ }),
  keys: z.object({ p256dh: z.string().min(1), auth: z.string().min(1) }),
})

/** A message about an outage is worthless to a phone that was off for longer. */
const keptFor_s = 6 * 3600

export function openWebPush(settings: z.infer<typeof webPushSettings>): Channel {
  const { subject, public_key: publicKey, private_key: privateKey } = settings
  return {
    send: async (message) => {
      const to = readSubscription(message.recipient)
      if (!to) return { kind: 'refused', reason: 'the recipient is no push subscription' }
      const body = JSON.stringify({ key: message.key, kind: message.kind, text: message.text, page: message.page })
      try {
        await webPush.sendNotification(to, body, {
          vapidDetails: { subject, publicKey, privateKey },
          TTL: keptFor_s,
          timeout: 10_000,
          // The same topic replaces an undelivered repeat: at most 32 letters.
          topic: message.key.slice(0, 32),
        })
        return { kind: 'sent' }
      } catch (reason) {
        return outcomeOfFailure(reason as Error)
      }
    },
  }
}

function readSubscription(text: string): PushSubscription | null {
  try {
    return subscription.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** 404 and 410 say that the browser is gone for good (RFC 8030, 7.3). */
function outcomeOfFailure(reason: Error): Outcome {
  if (!(reason instanceof WebPushError)) return { kind: 'retry', reason: reason.message.slice(0, 200) }
  const passing = reason.statusCode === 429 || reason.statusCode >= 500
  return { kind: passing ? 'retry' : 'refused', reason: `push service answered ${reason.statusCode}` }
}
