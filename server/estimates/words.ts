// The words of an incident's progress as estimates understand them: crew stages and causes, and how a utility's own
// codes and sentences are read into them. An unknown sentence becomes `unknown`, never an error.

/** How far a crew has come, in the order in which it usually happens. */
export const stages = [
  'unknown',
  'assess_assigned',
  'assess_en_route',
  'assess_on_site',
  'no_access',
  'repair_assigned',
  'repair_en_route',
  'repair_on_site',
] as const
export type Stage = (typeof stages)[number]

export const causes = [
  'unknown',
  'investigating',
  'planned',
  'equipment',
  'weather',
  'emergency',
  'car_pole',
  'vegetation',
  'fire',
  'animal',
] as const
export type Cause = (typeof causes)[number]

const stageWords: [RegExp, Stage][] = [
  [/no_access|unable to access/i, 'no_access'],
  [/assess_assigned|assigned a crew to assess|awaiting/i, 'assess_assigned'],
  [/assess_en_route|assess\w* crew is en route|assess.*on (its|the) way/i, 'assess_en_route'],
  [/assess_on_site|assessing the cause at/i, 'assess_on_site'],
  [/repair_en_route|repair crew is en route/i, 'repair_en_route'],
  [/repair_on_site|on-?site working|repair.*on.?site/i, 'repair_on_site'],
  [/repair_assigned|repair/i, 'repair_assigned'],
]

const causeWords: [RegExp, Cause][] = [
  [/investigating/i, 'investigating'],
  [/planned|scheduled/i, 'planned'],
  [/equipment/i, 'equipment'],
  [/weather|storm|lightning|wind|ice/i, 'weather'],
  [/emergency/i, 'emergency'],
  [/car_pole|car|vehicle/i, 'car_pole'],
  [/vegetation|tree/i, 'vegetation'],
  [/fire/i, 'fire'],
  [/animal|bird|wildlife/i, 'animal'],
]

const read = <W>(words: [RegExp, W][], text: string, other: W): W =>
  words.find(([pattern]) => pattern.test(text))?.[1] ?? other

/** Reads a crew status as published (a code or a sentence). */
export const stageOf = (text: string): Stage => read(stageWords, text, 'unknown')

/** Reads a cause as published (a code or a sentence); "unknown - will be assessing the cause" is unknown. */
export const causeOf = (text: string): Cause =>
  /^\s*unknown/i.test(text) ? 'unknown' : read(causeWords, text, 'unknown')
