// Puts words into a template. `{word}` is replaced; a part in `[…]` is left out where one of its words is not known.
import type { Language, Says } from '../contract/shapes.ts'
import { sayInstant } from '../status/index.ts'
import { mustSay, wordsOf, type MatterKind } from './matters.ts'

/** Words by name, instants as ISO 8601; null where not known. */
export type Words = Record<string, string | null | undefined>

/** A message cannot be made: a word that must be known is not. */
export class WordMissing extends Error {
  override name = 'WordMissing'
  readonly word: string

  constructor(kind: MatterKind, word: string) {
    super(`${kind} needs {${word}}, which is not known`)
    this.word = word
  }
}

const wordPattern = /\{([a-z_]+)\}/g
const part = /\[([^[\]]*)\]/g

/** What is wrong with a wording for `kind`, or null. */
export function faultOf(kind: MatterKind, body: string): Says | null {
  const known = wordsOf[kind]
  for (const [, word] of body.matchAll(wordPattern))
    if (!(word! in known)) {
      const there = Object.keys(known)
      return {
        zh: `这类通知没有 {${word}} 这个词，可用的有 ${there.join('、')}`,
        en: `{${word}} is no word of ${kind}: there are ${there.join(', ')}`,
      }
    }
  if (/[{}]/.test(body.replace(wordPattern, '')))
    return {
      zh: '花括号里没有词：词要写成 {place} 这样',
      en: 'a brace without its word: words are written like {place}',
    }
  if (/[[\]]/.test(body.replace(part, '')))
    return { zh: '方括号没有成对：方括号不能嵌套', en: 'a square bracket without its other one; they do not nest' }
  const needed = mustSay(kind).map((word) => `{${word}}`)
  const always = body.replace(part, '')
  if (!needed.some((word) => always.includes(word)))
    return {
      zh: `通知必须在方括号之外写出 ${needed.join(' 或 ')}`,
      en: `a message must say its ${needed.join(' or its ')}, outside of square brackets`,
    }
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
    if (said === null) throw new WordMissing(kind, word!)
    return said
  })
}
