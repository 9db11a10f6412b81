// What a channel is: something that can be asked to send one message and says how it went.
import type { Language, Says } from '../../contract/shapes.ts'

/** One message, ready to go. `key` is the same whenever it is sent again, so that the other side can drop repeats. */
export type Message = {
  id: number
  key: string
  matter: string
  kind: string
  incidentId: string | null
  servicePointId: string
  recipient: string
  language: Language
  text: string
  /** Where its customer sees what is so for them: an address on the public page, for a channel that opens one by a tap. */
  page: string
}

/** `refused` is final: this recipient or message will never do. `retry` is not. */
export type Outcome =
  | { kind: 'sent'; providerId?: string }
  | { kind: 'retry'; reason: string; after_s?: number }
  | { kind: 'refused'; reason: string }

/** A way to reach customers. `send` may throw: that is a reason to try again. */
export interface Channel {
  send(message: Message): Promise<Outcome>
  /** Opens the line on which receipts and replies come by themselves, where there is one; fine to call again. */
  listen?(): Promise<void>
  close?(): Promise<void>
}

/**
 * What a channel may say later about a message: its carrier took it, it arrived, or never will. It is named by the provider's number,
 * by our own, or by the part of our own that a receipt has room for and whom it went to: so that a receipt can settle a
 * message whose taking was never heard of, because the line or this server broke in between.
 */
export type Receipt = {
  step: 'taken' | 'arrived' | 'failed'
  reason: string | null
  providerId?: string
  id?: number
  reference?: { low: number; recipient: string }
}

/** What somebody sent back on a channel. */
export type Reply = { from: string; text: string }

/** What to answer them. */
export type Answer = { says: Says; language: Language }

/** A recipient as it may be shown in a log: `139****5073`, `z***@example.cn`. */
export function masked(recipient: string): string {
  const [name = '', host] = recipient.split('@')
  if (host !== undefined) return `${name.slice(0, 1)}***@${host}`
  return recipient.length < 7 ? '****' : `${recipient.slice(0, 3)}****${recipient.slice(-4)}`
}
