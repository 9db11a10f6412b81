// The signature of a webhook: HMAC-SHA-256 over `timestamp.body`, so that neither can be changed nor an old one replayed.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** `v1=` and the digest in hexadecimal; `timestamp` in whole seconds since 1970. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`
}

/** What a receiver does: true where the signature fits and is at most `within_s` old. */
export function isSigned(
  secret: string,
  sent: { timestamp: string; signature: string; body: string },
  now: Date,
  within_s = 300,
): boolean {
  const expected = Buffer.from(signatureOf(secret, sent.timestamp, sent.body))
  const given = Buffer.from(sent.signature)
  const age_s = Math.abs(now.getTime() / 1000 - Number(sent.timestamp))
  return expected.length === given.length && timingSafeEqual(expected, given) && age_s <= within_s
}
