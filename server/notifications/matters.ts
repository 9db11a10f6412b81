// What customers are told about, in which words, and how it reads until somebody words it otherwise.
import type { Language } from '../contract/shapes.ts'

/** A kind of matter. */
export type MatterKind = 'outage_known' | 'crew_on_way' | 'estimate_changed' | 'restored'

/** A word of a message: an instant is written in the customer's language and clock. */
export type WordKind = 'text' | 'instant'

const everyMatter = { place: 'text', since: 'instant' } as const

/** The words that each kind may use; `place`, `since` and `restored` are the customer's own. */
export const wordsOf: Record<MatterKind, Record<string, WordKind>> = {
  outage_known: { ...everyMatter, until: 'instant', low: 'instant', high: 'instant' },
  crew_on_way: { ...everyMatter, crew: 'text', arrives: 'instant', until: 'instant' },
  estimate_changed: { ...everyMatter, until: 'instant', low: 'instant', high: 'instant' },
  restored: { ...everyMatter, restored: 'instant' },
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
    zh: '【复电图】{place}自{since}起停电，我们已知悉并在处理。[预计{until}前恢复供电。]同一情况无需再次报修。',
    en: 'Relight: supply at {place} has been out since {since}. We know and are on it.[ Expected back by {until}.] No need to report it again.',
  },
  crew_on_way: {
    zh: '【复电图】{place}停电：抢修班组[{crew}]已出发[，预计{arrives}到达]。[预计{until}前恢复供电。]',
    en: 'Relight: a repair crew[ ({crew})] is on its way for the outage at {place}[, expected at {arrives}].[ Supply expected back by {until}.]',
  },
  estimate_changed: {
    zh: '【复电图】{place}停电：预计恢复供电时间改为{until}[（{low}至{high}之间）]。',
    en: 'Relight: supply at {place} is now expected back by {until}[ (between {low} and {high})].',
  },
  restored: {
    zh: '【复电图】{place}已于[{restored}]恢复供电。您家若仍未来电，请回复“0”告诉我们。',
    en: 'Relight: supply at {place} is back[ since {restored}]. Still out at your place? Reply 0 to tell us.',
  },
}
