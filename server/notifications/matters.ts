// What customers are told about, in which words, and how it reads until somebody words it otherwise.
import type { Language } from '../contract/shapes.ts'

/** A kind of matter. */
export type MatterKind = 'outage_known' | 'crew_on_way' | 'estimate_changed' | 'restored'

/** A word of a message: an instant is written in the customer's language and clock, a sentence ends with its own full stop. */
export type WordKind = 'text' | 'instant' | 'sentence'

const everyMatter = { place: 'text', since: 'instant', status: 'sentence', unsubscribe: 'text' } as const

/**
 * The words that each kind may use; `place`, `since` and `restored` are the customer's own. `status` is what every other channel
 * says of the customer: a wording built on it cannot contradict them.
 */
export const wordsOf: Record<MatterKind, Record<string, WordKind>> = {
  outage_known: { ...everyMatter, until: 'instant', low: 'instant', high: 'instant' },
  crew_on_way: { ...everyMatter, crew: 'text', arrives: 'instant', until: 'instant' },
  estimate_changed: { ...everyMatter, until: 'instant', low: 'instant', high: 'instant' },
  restored: { ...everyMatter, restored: 'instant', link: 'text' },
}

export const matterKinds = Object.keys(wordsOf) as MatterKind[]

/** True for matters that are no news any more once supply is back. */
export const endsWithRestoration: Record<MatterKind, boolean> = {
  outage_known: true,
  crew_on_way: true,
  estimate_changed: true,
  restored: false,
}

/** Version 1 of every wording. What stands in square brackets is left out where one of its words is not known. */
export const firstTemplates: Record<MatterKind, Record<Language, string>> = {
  outage_known: {
    zh: '【复电图】{status}同一情况无需再次报修。[退订：{unsubscribe}]',
    en: 'Relight: {status} No need to report it again.[ Unsubscribe: {unsubscribe}]',
  },
  crew_on_way: {
    zh: '【复电图】{status}[抢修班组：{crew}。][退订：{unsubscribe}]',
    en: 'Relight: {status}[ The crew is {crew}.][ Unsubscribe: {unsubscribe}]',
  },
  estimate_changed: {
    zh: '【复电图】复电时间有变：{status}[退订：{unsubscribe}]',
    en: 'Relight: the time has changed. {status}[ Unsubscribe: {unsubscribe}]',
  },
  restored: {
    zh: '【复电图】{status}没来电请回复“0”，来电了请回复“1”[，或打开 {link} ]。[退订：{unsubscribe}]',
    en: 'Relight: {status} Still out: reply 0. Power is back: reply 1[, or open {link} ].[ Unsubscribe: {unsubscribe}]',
  },
}
