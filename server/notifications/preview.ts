// How a wording will read, before anybody is sent it.
import { Refusal } from '../contract/refusal.ts'
import type { Language, Says } from '../contract/shapes.ts'
import { nothingKnown, statusFrom } from '../status/index.ts'
import { askBack } from './ask-back.ts'
import { alwaysKnown, wordsOf, type MatterKind } from './matters.ts'
import { faultOf, render, WordMissing } from './render.ts'

const link = 'https://relight.example/back/4f.Xs0aPq3Rt5'
const examples: Record<Language, Record<string, string>> = {
  zh: {
    place: '示例路1号台区',
    crew: '城区一班',
    change: '抢修比原预计的久，复电时间推迟',
    reason: '线路检修',
    answer: '已更换接头，电压正常。',
    explanation: '等待检测结果',
    link,
    unsubscribe: link,
  },
  en: {
    place: 'Example Road 1',
    crew: 'Town crew 1',
    change: 'the repair is taking longer than expected',
    reason: 'line maintenance',
    answer: 'The joint was replaced.',
    explanation: 'we wait for a measurement',
    link,
    unsubscribe: link,
  },
}
/** Hours from now at which the example instants lie. */
const example_h: Record<string, number> = {
  since: -1,
  received: -30,
  restored: 0,
  back: 0,
  starts: 0.5,
  low: 1,
  until: 2,
  high: 3,
  arrives: 0.5,
}

/** The wording with every word known, and with only those that always are. Throws Refusal where it could never be sent. */
export function previewOf(kind: MatterKind, language: Language, body: string, now: Date) {
  const refuse = (fault: Says) => new Refusal('invalid', fault, [{ path: 'body', message: fault.en }])
  const fault = faultOf(kind, body)
  if (fault !== null) throw refuse(fault)
  const clock = { language, timezone: 'Asia/Shanghai', now }
  const status = exampleStatus(kind, now, clock.timezone)[language]
  const known = (word: string) =>
    wordsOf[kind][word] === 'instant'
      ? new Date(now.getTime() + example_h[word]! * 3_600_000).toISOString()
      : word === 'status'
        ? status
        : word === 'ask'
          ? askBack('smpp', true, link)[language]
          : examples[language][word]!
  const all = Object.fromEntries(Object.keys(wordsOf[kind]).map((word) => [word, known(word)]))
  const few = Object.fromEntries(alwaysKnown(kind).map((word) => [word, known(word)]))
  try {
    return { text: render(kind, body, all, clock), without: render(kind, body, few, clock) }
  } catch (reason) {
    if (reason instanceof WordMissing)
      throw refuse({
        zh: `{${reason.word}} 不一定总能知道：请把它放在方括号里`,
        en: `${reason.message}: put it in square brackets`,
      })
    throw reason
  }
}

/** The sentence of an example customer: the longest that the kind may have. */
function exampleStatus(kind: MatterKind, now: Date, timezone: string): Says {
  const place = examples.zh['place']!
  const hours = (word: string) => new Date(now.getTime() + example_h[word]! * 3_600_000)
  if (kind === 'outage_withdrawn') return statusFrom({ ...nothingKnown, place }, now, timezone).says
  if (kind === 'restored') return statusFrom({ ...nothingKnown, place, back_at: hours('restored') }, now, timezone).says
  const out = { incident_id: 'inc', incident_status: 'confirmed', out_since: hours('since'), crew: 'en_route' } as const
  const until = { estimate_at: hours('until'), estimate_low: hours('low'), estimate_high: hours('high') }
  return statusFrom({ ...nothingKnown, place, ...out, crew_arrives_at: hours('arrives'), ...until }, now, timezone).says
}
