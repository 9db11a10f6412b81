// A signed webhook of our own shape. Headers: `X-Relight-Timestamp` (seconds since 1970), `X-Relight-Signature`
// (`v1=` and the HMAC-SHA-256 of `timestamp.body` by the shared secret), `Idempotency-Key` (the same on every try).
import { z } from 'zod'
import type { Channel } from './channel.ts'
import { outcomeOf, postJson } from './post.ts'
import { signatureOf } from './sign.ts'

export const webhookSettings = z.object({ url: z.url({ protocol: /^https?$/ }), secret: z.string().min(16) })

export function openWebhook(settings: z.infer<typeof webhookSettings>, now: () => Date): Channel {
  return {
    send: async (message) => {
      const { id, key, matter, kind, recipient, language, text } = message
      const body = JSON.stringify({
        id,
        key,
        matter,
        kind,
        incident_id: message.incidentId,
        service_point_id: message.servicePointId,
        recipient,
        language,
        text,
      })
      const timestamp = String(Math.floor(now().getTime() / 1000))
      const answer = await postJson(settings.url, body, {
        'x-relight-timestamp': timestamp,
        'x-relight-signature': signatureOf(settings.secret, timestamp, body),
        'idempotency-key': key,
      })
      return outcomeOf(answer)
    },
  }
}
