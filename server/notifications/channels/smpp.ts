// SMS by SMPP 3.4 over one connection that is opened when first needed and again when lost. Text goes out as UCS-2, which
// carries Chinese; the centre cuts longer ones into parts (message_payload). Receipts and replies come back on the same line.
// The protocol drops no repeats, so each message bears the low 16 bits of its number (user_message_reference, 5.3.2.17), which a
// receipt gives back: it settles a message whose answer was lost, before that would be sent again.
import smpp, { type Pdu, type Session } from 'smpp'
import { z } from 'zod'
import type { Answer, Channel, Message, Outcome, Receipt, Reply } from './channel.ts'

export const smppSettings = z.object({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65535),
  system_id: z.string().max(15),
  password: z.string().max(8),
  from: z.string().min(1).max(20),
})

type Settings = z.infer<typeof smppSettings>

/** A centre that has not answered by then has lost the message or the line. */
const answer_ms = 10_000
/** How long a message without an answer waits for its receipt before it is sent again. */
const receiptComes_s = 60
const keepAlive_ms = 30_000
/** Data coding 8 is UCS-2; registered delivery 1 asks for a receipt; esm class 4 marks one. */
const ucs2 = 8
const wantsReceipt = 1
const receiptClass = 4
/** Command status of a message that we could not take for now (ESME_RX_T_APPN). */
const tryLater = 0x64
/** Command statuses worth another try: system error, queue full, throttled, and those that a lost line leaves. */
const passing = new Set([0x08, 0x14, 0x58, 0x64])
/** Message state 2 is delivered; what is not final says nothing yet (5.2.28). */
const delivered = 2
const finalStates = new Set([2, 3, 4, 5, 8])

/** Who hears what comes back; what could not be kept is not acknowledged, so that the centre gives it again. */
export type Hearing = {
  onReceipt: (receipt: Receipt) => Promise<void>
  onReply: (reply: Reply) => Promise<Answer | null>
}

export function openSmpp(settings: Settings, hearing: Hearing): Channel {
  let bound: Promise<Session> | null = null
  const session = () => {
    bound ??= bind(settings, hearing, () => (bound = null))
    return bound
  }
  return {
    send: async (message) => {
      const to = message.recipient.replace(/[^\d]/g, '')
      if (to.length < 5) return { kind: 'refused', reason: 'the recipient is no phone number' }
      const line = await session()
      return submit(line, settings.from, to, message)
    },
    listen: async () => void (await session()),
    close: async () => {
      const line = await bound?.catch(() => null)
      line?.close()
    },
  }
}

function bind(settings: Settings, hearing: Hearing, onLost: () => void): Promise<Session> {
  const { host, port, system_id, password } = settings
  const url = `smpp://${host}:${port}`
  const session = smpp.connect({ url, auto_enquire_link_period: keepAlive_ms, connectTimeout: answer_ms })
  return new Promise<Session>((resolve, reject) => {
    const lose = (reason: string) => {
      onLost()
      session.destroy()
      reject(new Error(reason))
    }
    const late = setTimeout(() => lose('the message centre does not answer'), answer_ms)
    session.on('error', (reason: Error) => lose(`message centre: ${reason.message}`))
    session.on('close', () => lose('the message centre closed the line'))
    session.on('deliver_sm', (pdu: Pdu) => {
      keep(pdu, hearing).then(
        (answer) => {
          session.send(pdu.response())
          if (answer !== null) session.submit_sm(answerOf(answer, pdu, settings.from), () => {})
        },
        () => session.send(pdu.response({ command_status: tryLater })),
      )
    })
    session.on('connect', () =>
      session.bind_transceiver({ system_id, password }, (pdu) => {
        clearTimeout(late)
        if (pdu.command_status === 0) resolve(session)
        else lose(`the message centre refuses the sign-in (status ${pdu.command_status})`)
      }),
    )
  })
}

/** Resolves once what came is kept, to what its sender is answered. */
async function keep(pdu: Pdu, hearing: Hearing): Promise<Answer | null> {
  const receipt = receiptOf(pdu)
  if (receipt) {
    await hearing.onReceipt(receipt)
    return null
  }
  const reply = replyOf(pdu)
  return reply && hearing.onReply(reply)
}

/** Said once: nobody owes it, and an answer that is lost can be asked for again. */
function answerOf({ says, language }: Answer, { source_addr: to }: Pdu, from: string): Record<string, unknown> {
  return { source_addr: from, destination_addr: to, ...inChinese(says[language]) }
}

/** 70 characters of UCS-2 fit one message; longer ones travel in the payload field, which the centre cuts. */
function inChinese(text: string): Record<string, unknown> {
  const fits = text.length <= 70
  return { data_coding: ucs2, ...(fits ? { short_message: text } : { short_message: '', message_payload: text }) }
}

/** What a receipt has room for of a message's number. */
export const referenceOf = (id: number) => id % 65536

function submit(session: Session, from: string, to: string, { id, text }: Message): Promise<Outcome> {
  return new Promise((resolve) => {
    const unanswered = () =>
      resolve({ kind: 'retry', reason: 'the message centre did not answer', after_s: receiptComes_s })
    const late = setTimeout(unanswered, answer_ms)
    const fields = {
      source_addr: from,
      destination_addr: to,
      registered_delivery: wantsReceipt,
      user_message_reference: referenceOf(id),
      ...inChinese(text),
    }
    session.submit_sm(fields, (pdu) => {
      clearTimeout(late)
      resolve(outcomeOf(pdu))
    })
  })
}

function outcomeOf(pdu: Pdu): Outcome {
  if (pdu.command_status === 0)
    return { kind: 'sent', ...(pdu.message_id !== undefined && { providerId: pdu.message_id }) }
  const reason = `the message centre answered status ${pdu.command_status}`
  return { kind: passing.has(pdu.command_status) ? 'retry' : 'refused', reason }
}

/** A delivery receipt from its fields, or from the text that older centres put instead (appendix B); null for anything else. */
export function receiptOf(
  pdu: Pick<
    Pdu,
    'esm_class' | 'receipted_message_id' | 'message_state' | 'short_message' | 'source_addr' | 'user_message_reference'
  >,
): Receipt | null {
  if (((pdu.esm_class ?? 0) & receiptClass) === 0) return null
  const text = pdu.short_message?.message
  const said = /id:(\S+).*\bstat:(\w+)/is.exec(
    typeof text === 'string' ? text : Buffer.from(text ?? '').toString('latin1'),
  )
  const providerId = pdu.receipted_message_id?.replace(/\0+$/, '') ?? said?.[1]
  if (providerId === undefined) return null
  if (pdu.message_state !== undefined && !finalStates.has(pdu.message_state)) return null
  const word = said?.[2]?.toUpperCase()
  if (pdu.message_state === undefined && (word === undefined || ['ENROUTE', 'ACCEPTD', 'UNKNOWN'].includes(word)))
    return null
  const arrived = pdu.message_state === undefined ? word === 'DELIVRD' : pdu.message_state === delivered
  const low = pdu.user_message_reference
  return {
    step: arrived ? 'arrived' : 'failed',
    reason: arrived ? null : `not delivered: ${word ?? `state ${pdu.message_state}`}`,
    providerId,
    // A receipt comes from the number that the message went to.
    ...(low !== undefined && pdu.source_addr && { reference: { low, recipient: pdu.source_addr } }),
  }
}

/** What a customer wrote, in whichever coding the library has read; null for a receipt or an empty message. */
export function replyOf(
  pdu: Pick<Pdu, 'esm_class' | 'source_addr' | 'short_message' | 'message_payload'>,
): Reply | null {
  if (((pdu.esm_class ?? 0) & receiptClass) !== 0 || !pdu.source_addr) return null
  const said = pdu.short_message?.message || pdu.message_payload?.message
  const text = typeof said === 'string' ? said : Buffer.from(said ?? '').toString('latin1')
  return text.trim() === '' ? null : { from: pdu.source_addr, text: text.trim() }
}
