// What customers are told about, in which words, and how it reads until somebody words it otherwise.
import type { Language } from '../contract/shapes.ts'

/** News of planned work: ahead of it, when it takes longer, when it will not be or will be at another time, when it is over. */
export type PlannedMatter =
  | 'planned_week'
  | 'planned_day'
  | 'planned_morning'
  | 'planned_changed'
  | 'planned_overrun'
  | 'planned_cancelled'
  | 'planned_over'

/** A request was answered, or it was said why that takes longer. */
export type RequestMatter = 'request_answered' | 'request_explained'

/** A kind of matter. */
export type MatterKind =
  | 'outage_known'
  | 'outage_withdrawn'
  | 'crew_on_way'
  | 'crew_changed'
  | 'estimate_changed'
  | 'restored'
  | PlannedMatter
  | RequestMatter

/** A word of a message: an instant is written in the customer's language and clock, a sentence ends with its own full stop. */
export type WordKind = 'text' | 'instant' | 'sentence'

const everyMatter = { place: 'text', since: 'instant', status: 'sentence', unsubscribe: 'text' } as const
const everyPlanned = {
  place: 'text',
  starts: 'instant',
  until: 'instant',
  reason: 'text',
  unsubscribe: 'text',
} as const

/**
 * The words that each kind may use; `place`, `since` and `restored` are the customer's own. `status` is what every other channel
 * says of the customer: a wording built on it cannot contradict them. `change` is what is other than this customer heard last,
 * `ask` the question whether supply is really back, with the ways to answer that this customer has.
 */
export const wordsOf: Record<MatterKind, Record<string, WordKind>> = {
  outage_known: { ...everyMatter, until: 'instant', low: 'instant', high: 'instant' },
  outage_withdrawn: { place: 'text', status: 'sentence', unsubscribe: 'text' },
  crew_on_way: { ...everyMatter, crew: 'text', arrives: 'instant', until: 'instant' },
  crew_changed: { ...everyMatter, change: 'text', until: 'instant' },
  estimate_changed: { ...everyMatter, change: 'text', until: 'instant', low: 'instant', high: 'instant' },
  restored: { ...everyMatter, restored: 'instant', ask: 'sentence', link: 'text' },
  planned_week: everyPlanned,
  planned_day: everyPlanned,
  planned_morning: everyPlanned,
  planned_changed: everyPlanned,
  planned_overrun: everyPlanned,
  planned_cancelled: everyPlanned,
  planned_over: { ...everyPlanned, back: 'instant' },
  request_answered: { received: 'instant', answer: 'text', link: 'text' },
  request_explained: { received: 'instant', explanation: 'text', until: 'instant', link: 'text' },
}

export const matterKinds = Object.keys(wordsOf) as MatterKind[]

/** True for matters that are no news any more once supply is back. */
export const endsWithRestoration: Record<MatterKind, boolean> = {
  outage_known: true,
  outage_withdrawn: false,
  crew_on_way: true,
  crew_changed: true,
  estimate_changed: true,
  restored: false,
  planned_week: false,
  planned_day: false,
  planned_morning: false,
  planned_changed: false,
  planned_overrun: false,
  planned_cancelled: false,
  planned_over: false,
  request_answered: false,
  request_explained: false,
}

/** Of which words a wording of a kind must say one, outside of square brackets. */
export function mustSay(kind: MatterKind): string[] {
  if (kind === 'request_answered') return ['answer']
  return kind === 'request_explained' ? ['explanation'] : ['place', 'status']
}

/** Words that every message of a kind has; the others may be missing. */
export function alwaysKnown(kind: MatterKind): string[] {
  if (kind === 'estimate_changed') return ['place', 'since', 'status', 'until', 'low', 'high']
  if (kind === 'outage_withdrawn') return ['place', 'status']
  if (kind === 'restored') return ['place', 'since', 'status', 'ask']
  if (kind === 'request_answered') return ['received', 'answer']
  if (kind === 'request_explained') return ['received', 'explanation', 'until']
  if (kind === 'planned_overrun') return ['place', 'starts']
  if (kind === 'planned_over') return ['place', 'starts', 'back']
  return kind.startsWith('planned_') ? ['place', 'starts', 'until'] : ['place', 'since', 'status']
}

/** Version 1 of every wording. What stands in square brackets is left out where one of its words is not known. */
export const firstTemplates: Record<MatterKind, Record<Language, string>> = {
  outage_known: {
    zh: '【复电图】{status}同一情况无需再次报修。[退订：{unsubscribe}]',
    en: 'Relight: {status} No need to report it again.[ Unsubscribe: {unsubscribe}]',
  },
  outage_withdrawn: {
    zh: '【复电图】更正：{status}[退订：{unsubscribe}]',
    en: 'Relight: a correction. {status}[ Unsubscribe: {unsubscribe}]',
  },
  crew_on_way: {
    zh: '【复电图】{status}[抢修班组：{crew}。][退订：{unsubscribe}]',
    en: 'Relight: {status}[ The crew is {crew}.][ Unsubscribe: {unsubscribe}]',
  },
  crew_changed: {
    zh: '【复电图】[{change}：]{status}[退订：{unsubscribe}]',
    en: 'Relight: [{change}. ]{status}[ Unsubscribe: {unsubscribe}]',
  },
  estimate_changed: {
    zh: '【复电图】[{change}：]{status}[退订：{unsubscribe}]',
    en: 'Relight: [{change}. ]{status}[ Unsubscribe: {unsubscribe}]',
  },
  restored: {
    zh: '【复电图】{status}{ask}[退订：{unsubscribe}]',
    en: 'Relight: {status} {ask}[ Unsubscribe: {unsubscribe}]',
  },
  planned_week: {
    zh: '【复电图】计划停电预告：{place}将于{starts}至{until}停电[，原因：{reason}]。请提前做好准备，给您带来不便敬请谅解。[退订：{unsubscribe}]',
    en: 'Relight: planned outage ahead. Supply at {place} will be off from {starts} to {until}[ ({reason})]. Please prepare for it.[ Unsubscribe: {unsubscribe}]',
  },
  planned_day: {
    zh: '【复电图】计划停电提醒：{place}将于{starts}至{until}停电[，原因：{reason}]。[退订：{unsubscribe}]',
    en: 'Relight: reminder. Supply at {place} will be off from {starts} to {until}[ ({reason})].[ Unsubscribe: {unsubscribe}]',
  },
  planned_morning: {
    zh: '【复电图】{place}将于{starts}起计划停电，预计{until}恢复供电[，原因：{reason}]。[退订：{unsubscribe}]',
    en: 'Relight: planned work[ ({reason})]: supply at {place} goes off at {starts} and is expected back by {until}.[ Unsubscribe: {unsubscribe}]',
  },
  planned_changed: {
    zh: '【复电图】{place}的计划停电时间改为{starts}至{until}[，原因：{reason}]，请以此为准。[退订：{unsubscribe}]',
    en: 'Relight: the planned outage at {place} is now from {starts} to {until}[ ({reason})]. This replaces what we said before.[ Unsubscribe: {unsubscribe}]',
  },
  planned_overrun: {
    zh: '【复电图】{place}的计划停电未能按时结束[，预计{until}恢复供电]。很抱歉让您久等。[退订：{unsubscribe}]',
    en: 'Relight: the planned work at {place} takes longer than announced[; supply is now expected back by {until}]. We are sorry.[ Unsubscribe: {unsubscribe}]',
  },
  planned_cancelled: {
    zh: '【复电图】{place}原定{starts}至{until}的计划停电已取消，届时正常供电。[退订：{unsubscribe}]',
    en: 'Relight: the planned outage at {place} from {starts} to {until} is cancelled; supply stays on.[ Unsubscribe: {unsubscribe}]',
  },
  planned_over: {
    zh: '【复电图】{place}的计划停电已结束，应已于{back}恢复供电；如您家仍未来电，请报修。感谢您的理解。[退订：{unsubscribe}]',
    en: 'Relight: the planned work at {place} is over; supply should be back since {back}. If yours is not, please report it.[ Unsubscribe: {unsubscribe}]',
  },
  request_answered: {
    zh: '【复电图】您{received}的诉求已答复：{answer}[ 全部经过：{link} ]',
    en: 'Relight: the answer to what you asked at {received}: {answer}[ All of it: {link} ]',
  },
  request_explained: {
    zh: '【复电图】您{received}的诉求还需要时间：{explanation}。将于{until}前答复您。[全部经过：{link} ]',
    en: 'Relight: what you asked at {received} takes longer: {explanation}. You will be answered by {until}.[ All of it: {link} ]',
  },
}
