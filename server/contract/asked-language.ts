// Which of our languages a request asks for.
import type { Language } from './shapes.ts'

/** The first of ours in Accept-Language, by rank; null where it names neither, so that every door keeps its own usual one. */
export function askedLanguage(accepted: string | undefined): Language | null {
  if (accepted === undefined) return null
  const ranked = accepted
    .split(',')
    .map((each) => {
      const [tag = '', quality] = each.trim().split(/;\s*q=/)
      return { tag: tag.slice(0, 2).toLowerCase(), quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ tag, quality }) => (tag === 'zh' || tag === 'en') && quality > 0)
    .sort((left, right) => right.quality - left.quality)
  const [first] = ranked
  return first === undefined ? null : first.tag === 'en' ? 'en' : 'zh'
}
