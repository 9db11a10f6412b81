// What customers send back by SMS or through a gateway: an answer to the question whether supply is back. Whatever else they say
// is kept as a request, for a person to read.
import { Tries } from '../access/index.ts'
import { phoneForms } from '../contract/phone.ts'
import type { Language, Says } from '../contract/shapes.ts'
import type { Reply } from '../notifications/index.ts'
import { answerIn } from './answer-in.ts'
import { answerBack, thanks, type AnswerDeps, type Asked, type BackAnswer } from './still-out.ts'

/** `language`: of the answer to them. */
export type HeardReply = {
  kind: BackAnswer | 'courtesy' | 'nobody_asked' | 'not_understood'
  says: Says
  language: Language
}
type Sender = { is_customer: boolean; is_written_to: boolean; is_kept: boolean }
type AskedHere = Asked & { language: Language }

const nobodyAsked: Says = {
  zh: '我们近期没有就停电联系过这个号码；如需报修请拨打95598或打开停电信息页面。',
  en: 'We have not asked this number about an outage lately; to report one, ring 95598 or open the outage page.',
}
const howToAnswer: Says = {
  zh: '没来电请回复“0”，来电了请回复“1”。',
  en: 'Still out: reply 0. Power is back: reply 1.',
}
/** Words of one number that become requests: who writes more within the hour is answered by a person by then. */
const keptTries = new Tries({ count: 5, within_ms: 3_600_000 })

/**
 * Hears `reply`. Where several households were asked on one number nobody is guessed: the report is taken for a person to place,
 * and each household's own message has its own link.
 */
export async function hearReply(deps: AnswerDeps, reply: Reply): Promise<HeardReply> {
  const understood = answerIn(reply.text)
  const numbers = phoneForms(reply.from)
  const at = deps.now()
  const households = await deps.database.rows<AskedHere>('customers/read_asked_by_recipient', {
    recipients: numbers,
    at,
  })
  const said = wordsOf(reply)
  const sender = await deps.database.one<Sender>('customers/read_sender', { numbers, said, at })
  const language = households[0]?.language ?? languageOf(reply.text)
  const kept = understood === null || understood.rest ? await keep(deps, reply, sender, households) : null
  if (understood === null) {
    const isKnown = sender.is_customer || sender.is_written_to
    const kind = isKnown ? 'not_understood' : 'nobody_asked'
    return { kind, says: isKnown ? told(kept, households.length > 0) : nobodyAsked, language }
  }
  const { answer } = understood
  if (answer === 'courtesy') return { kind: answer, says: thanks, language }
  return { ...(await takeAnswer(deps, reply, answer, households, sender)), language }
}

/** Answers of one number within the hour: two machines must not talk to each other for ever. */
const answerTries = new Tries({ count: 10, within_ms: 3_600_000 })

/** Hears `reply`, and answers what to send back on the line that it came by; null where nothing need be said. */
export async function answerReply(
  deps: AnswerDeps,
  reply: Reply,
): Promise<Pick<HeardReply, 'says' | 'language'> | null> {
  const { kind, says, language } = await hearReply(deps, reply)
  return kind === 'courtesy' || !answerTries.allow(reply.from, deps.now()) ? null : { says, language }
}

async function takeAnswer(
  deps: AnswerDeps,
  reply: Reply,
  answer: BackAnswer,
  [asked, other]: AskedHere[],
  sender: Sender,
): Promise<Omit<HeardReply, 'language'>> {
  if (asked && !other) return { kind: answer, says: (await answerBack(deps, asked, answer, 'sms')).says }
  if (asked && answer === 'back') return { kind: answer, says: thanks }
  // A customer whom nobody asked reports an outage by it.
  if (!asked && (answer === 'back' || !sender.is_customer)) return { kind: 'nobody_asked', says: nobodyAsked }
  const { verdict } = await deps.submit(
    { channel: 'sms', phone: reply.from, symptom: 'no_power', text: reply.text },
    'public',
  )
  return { kind: answer, says: verdict.says }
}

/** Keeps the words of a number that is known, once; answers what its sender may be told of it, null where nothing new is kept. */
async function keep(deps: AnswerDeps, reply: Reply, sender: Sender, [asked, other]: AskedHere[]): Promise<Says | null> {
  if (sender.is_kept || !(sender.is_customer || sender.is_written_to)) return null
  if (!keptTries.allow(reply.from, deps.now())) return null
  const input = { kind: 'other', text: wordsOf(reply), channel: 'sms', phone: reply.from } as const
  const whose = asked && !other ? { account_no: asked.account_no } : {}
  return (await deps.keepWords({ ...input, ...whose }, 'public')).says
}

function told(kept: Says | null, isAsked: boolean): Says {
  const heard = kept ?? thanks
  return isAsked ? { zh: heard.zh + howToAnswer.zh, en: `${heard.en} ${howToAnswer.en}` } : heard
}

/** As much as a request takes. */
const wordsOf = ({ text }: Reply) => text.trim().slice(0, 2000)

const languageOf = (text: string): Language => (/[a-z]{2}/i.test(text) && !/\p{Script=Han}/u.test(text) ? 'en' : 'zh')
