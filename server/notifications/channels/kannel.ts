// SMS through a Kannel gateway, by the HTTP interface of its smsbox (user guide, "Using the HTTP interface to send SMS messages").
// Kannel calls an address of ours for each step of a message's way; that address bears the message's number and a signature, so
// that a message whose answer was lost is settled by it. `http-request-retry` of the smsbox lets those calls outlive a restart here.
import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { linkToken, readLinkToken } from '../links.ts'
import type { Channel, Outcome, Receipt } from './channel.ts'
import { readAnswer } from './post.ts'

export const kannelSettings = z.object({
  /** The smsbox: `http://gateway:13013/cgi-bin/sendsms`. */
  url: z.url({ protocol: /^https?$/ }),
  username: z.string().min(1),
  password: z.string().min(8),
  from: z.string().min(1).max(20),
  /** Where Kannel reaches this server; without it there are no receipts. */
  receipts_url: z.url({ protocol: /^https?$/ }).optional(),
  /** Stands in the address that its `sms-service` calls with what customers send back; without it nobody is asked to reply. */
  replies_token: z
    .string()
    .regex(/^[\w-]{16,64}$/, '16 to 64 letters, digits, _ and -')
    .optional(),
})
type Settings = z.infer<typeof kannelSettings>

const timeout_ms = 10_000
/** How long a message without an answer waits for a receipt before it is sent again. */
const receiptComes_s = 60
/** Coding 2 is UCS-2, which carries Chinese. */
const ucs2 = '2'
/** Arrived 1, failed 2, taken by the centre 8, refused by it 16. */
const steps: Record<string, Receipt['step']> = { 1: 'arrived', 2: 'failed', 8: 'taken', 16: 'failed' }
const everyStep = '27'

export function openKannel(settings: Settings, channel: string): Channel {
  return {
    send: async (message) => {
      const to = message.recipient.replace(/[^\d+]/g, '')
      if (to.length < 5) return { kind: 'refused', reason: 'the recipient is no phone number' }
      const url = new URL(settings.url)
      const { username, password, from } = settings
      url.search = new URLSearchParams({
        ...{ username, password, from, to },
        ...{ text: message.text, charset: 'UTF-8', coding: ucs2 },
        ...(settings.receipts_url && { 'dlr-mask': everyStep, 'dlr-url': receiptUrl(settings, channel, message.id) }),
      }).toString()
      return outcomeOf(url)
    },
  }
}

/** `%d` and `%A` are filled in by Kannel: the step, and the centre's own words. */
function receiptUrl({ receipts_url, password }: Settings, channel: string, id: number): string {
  const token = linkToken(password, 'receipt', id)
  return `${receipts_url!.replace(/\/$/, '')}/api/receipts/${channel}/${token}?step=%d&reason=%A`
}

async function outcomeOf(url: URL): Promise<Outcome> {
  let answer
  try {
    answer = await readAnswer(await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeout_ms) }))
  } catch (reason) {
    // Never the address: the password is in it.
    return { kind: 'retry', reason: `Kannel does not answer: ${(reason as Error).name}`, after_s: receiptComes_s }
  }
  if (answer.status === 200 || answer.status === 202) return { kind: 'sent' }
  const reason = `Kannel answered ${answer.status}: ${answer.text.slice(0, 200)}`
  return { kind: answer.status === 429 || answer.status >= 500 ? 'retry' : 'refused', reason }
}

/** What a call of Kannel says, or null where it was not asked for by us. */
export function receiptOf(
  settings: unknown,
  call: { token: string; step: string; reason?: string | undefined },
): Receipt | null {
  const { password } = kannelSettings.parse(settings)
  const id = readLinkToken(password, 'receipt', call.token)
  const step = steps[call.step]
  if (id === null || step === undefined) return null
  return { id, step, reason: step === 'failed' ? `not delivered: ${call.reason?.slice(0, 200) ?? call.step}` : null }
}

/** Whether a call with what a customer sent back bears this channel's token. */
export function isReplyOf(settings: unknown, token: string): boolean {
  const expected = kannelSettings.parse(settings).replies_token
  if (expected === undefined) return false
  const [own, given] = [expected, token].map((each) => createHash('sha256').update(each).digest())
  return timingSafeEqual(own!, given!)
}
