// An instant in words, in both languages: the time alone today, with its day otherwise.
import type { Says } from '../contract/shapes.ts'
import { sayInstant } from '../notifications/index.ts'

export function clockIn(at: Date, timezone: string, now: Date): Says {
  return {
    zh: sayInstant(at, { language: 'zh', timezone, now }),
    en: sayInstant(at, { language: 'en', timezone, now }),
  }
}
