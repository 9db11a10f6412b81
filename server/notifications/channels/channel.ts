// What a channel is: something that can be asked to send one message and says how it went.
import type { Language } from '../../contract/shapes.ts'

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
}

/** `refused` is final: this recipient or message will never do. `retry` is not. */
export type Outcome =
  | { kind: 'sent'; providerId?: string }
  | { kind: 'retry'; reason: string; after_s?: number }
  | { kind: 'refused'; reason: string }

/** A way to reach customers. `send` may throw: that is a reason to try again. */
export interface Channel {
  send(message: Message): Promise<Outcome>
  close?(): Promise<void>
}

/** What a channel may say later about a message it took: it arrived, or never will. */
export type Receipt = { providerId: string; arrived: boolean; reason: string | null }

/** What somebody sent back on a channel. */
export type Reply = { from: string; text: string }

/** A recipient as it may be shown in a log: `139****5073`, `z***@example.cn`. */
export function masked(recipient: string): string {
  const [name = '', host] = recipient.split('@')
  if (host !== undefined) return `${name.slice(0, 1)}***@${host}`
  return recipient.length < 7 ? '****' : `${recipient.slice(0, 3)}****${recipient.slice(-4)}`
}
