// The same status without the name of its place: for whoever named a household by a number alone, and is not to learn where it is.
import type { Says } from '../contract/shapes.ts'
import { statusFrom, type CustomerStatus, type StatusFacts } from './status.ts'

/** What a place is called that only its caller names. */
export const unnamedPlace: Says = { zh: '您所说的地点', en: 'your place' }

export function statusUnnamed(facts: StatusFacts, now: Date, timezone: string): CustomerStatus {
  const zh = statusFrom({ ...facts, place: unnamedPlace.zh }, now, timezone)
  const { en } = statusFrom({ ...facts, place: unnamedPlace.en }, now, timezone).says
  return { ...zh, says: { zh: zh.says.zh, en: en.charAt(0).toUpperCase() + en.slice(1) } }
}
