// What customers send back by SMS or through a gateway's webhook: one word to the question whether supply is back. Anything
// else is kept for a person to read.
import { phoneForms } from '../contract/phone.ts'
import type { Says } from '../contract/shapes.ts'
import type { Reply } from '../notifications/index.ts'
import { answerBack, thanks, type AnswerDeps, type Asked, type BackAnswer } from './still-out.ts'

const stillOut = /^(0|没电|没来电|未来电|还没来|停电|no|still out|out)[.。!！]?$/
const hasSupply = /^(1|有电|来电了?|已来电|恢复了?|yes|back|ok)[.。!！]?$/

/** The answer in a reply, or null where it says something else. Full-width digits and letters count as their plain ones. */
export function answerIn(text: string): BackAnswer | null {
  const word = text.normalize('NFKC').trim().toLowerCase()
  if (stillOut.test(word)) return 'still_out'
  return hasSupply.test(word) ? 'back' : null
}

export type HeardReply = { kind: BackAnswer | 'nobody_asked' | 'not_understood'; says: Says }

const nobodyAsked: Says = {
  zh: '我们近期没有就停电联系过这个号码；如需报修请拨打95598或打开停电信息页面。',
  en: 'We have not asked this number about an outage lately; to report one, ring 95598 or open the outage page.',
}
const notUnderstood: Says = {
  zh: '没有看懂。没来电请回复“0”，来电了请回复“1”。',
  en: 'We did not understand. Still out: reply 0. Power is back: reply 1.',
}

/**
 * Hears `reply`. Where several households were asked on one number nobody is guessed: the report is taken for a person to place,
 * and each household's own message has its own link.
 */
export async function hearReply(deps: AnswerDeps, reply: Reply): Promise<HeardReply> {
  const kind = answerIn(reply.text)
  if (!kind) return { kind: 'not_understood', says: notUnderstood }
  const [asked, other] = await deps.database.rows<Asked>('customers/read_asked_by_recipient', {
    recipients: phoneForms(reply.from),
    at: deps.now(),
  })
  if (!asked) return { kind: 'nobody_asked', says: nobodyAsked }
  if (!other) return { kind, says: (await answerBack(deps, asked, kind, 'sms')).says }
  if (kind === 'back') return { kind, says: thanks }
  const { verdict } = await deps.submit(
    { channel: 'sms', phone: reply.from, symptom: 'no_power', text: reply.text },
    'public',
  )
  return { kind, says: verdict.says }
}
