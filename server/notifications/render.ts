// Puts words into a template. `{word}` is replaced; a part in `[…]` is left out where one of its words is not known.
import type { Language } from '../contract/shapes.ts'
import { wordsOf, type MatterKind } from './matters.ts'

/** Words by name, instants as ISO 8601; null where not known. */
export type Words = Record<string, string | null | undefined>

/** A message cannot be made: a word that must be known is not. */
export class WordMissing extends Error {
  override name = 'WordMissing'
}

const wordPattern = /\{([a-z_]+)\}/g
const part = /\[([^[\]]*)\]/g

/** What is wrong with a wording for `kind`, or null. */
export function faultOf(kind: MatterKind, body: string): string | null {
  const known = wordsOf[kind]
  for (const [, word] of body.matchAll(wordPattern))
    if (!(word! in known)) return `{${word}} is no word of ${kind}: there are ${Object.keys(known).join(', ')}`
  if (/[{}]/.test(body.replace(wordPattern, ''))) return 'a brace without its word: words are written like {place}'
  if (/[[\]]/.test(body.replace(part, ''))) return 'a square bracket without its other one; they do not nest'
  if (!body.replace(part, '').includes('{place}')) return 'a message must say its {place}, outside of square brackets'
  return null
}

/** The message. Instants read as on the customer's clock at `now`: the day is said where it is not today. Throws WordMissing. */
export function render(
  kind: MatterKind,
  body: string,
  words: Words,
  clock: { language: Language; timezone: string; now: Date },
): string {
  const say = (word: string): string | null => {
    const value = words[word] ?? null
    return value !== null && wordsOf[kind][word] === 'instant' ? sayInstant(new Date(value), clock) : value
  }
  const parts = body.replace(part, (_, inside: string) =>
    [...inside.matchAll(wordPattern)].some(([, word]) => say(word!) === null) ? '' : inside,
  )
  return parts.replace(wordPattern, (_, word: string) => {
    const said = say(word)
    if (said === null) throw new WordMissing(`${kind} needs {${word}}, which is not known`)
    return said
  })
}

/** `14:30` today, `7月3日14:30` or `3 Jul, 14:30` on another day. */
export function sayInstant(at: Date, clock: { language: Language; timezone: string; now: Date }): string {
  const { language, timezone, now } = clock
  const time = formatter('en-GB', timezone, 'time').format(at)
  const day = formatter('sv-SE', timezone, 'day')
  if (day.format(at) === day.format(now)) return time
  return language === 'zh'
    ? formatter('zh-CN', timezone, 'date').format(at) + time
    : `${formatter('en-GB', timezone, 'date').format(at)}, ${time}`
}

const styles = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { month: 'short', day: 'numeric' },
} as const

/** Making a formatter costs 50 microseconds, using one 2: kept, a few for each time zone there is. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(locale: string, timeZone: string, style: keyof typeof styles): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${style}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, { timeZone, ...styles[style] })
  formatters.set(key, made)
  return made
}
