// The links in messages: a number and a signature, so that no row needs a token of its own and none can be guessed.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** `back`: is it really back, by notification. `unsubscribe`: by subscription. `receipt`: of a gateway, by notification. */
export type LinkPurpose = 'back' | 'unsubscribe' | 'receipt'

/** 90 bits: guessing one takes longer than the network will stand. */
const signature_letters = 15

/** Short enough for an SMS: `4f.Xs0…`. */
export function linkToken(key: string, purpose: LinkPurpose, id: number): string {
  return `${id.toString(36)}.${signatureOf(key, purpose, id)}`
}

/** The number that was signed, or null. */
export function readLinkToken(key: string, purpose: LinkPurpose, token: string): number | null {
  const [name = '', signature = ''] = token.split('.', 2)
  if (!/^[0-9a-z]{1,10}$/.test(name)) return null
  const id = Number.parseInt(name, 36)
  const [expected, given] = [Buffer.from(signatureOf(key, purpose, id)), Buffer.from(signature)]
  return expected.length === given.length && timingSafeEqual(expected, given) ? id : null
}

function signatureOf(key: string, purpose: LinkPurpose, id: number): string {
  return createHmac('sha256', key).update(`${purpose}:${id}`).digest('base64url').slice(0, signature_letters)
}
