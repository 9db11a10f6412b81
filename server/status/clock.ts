// Instants in words, on the clock of the customer's network: the time alone today, with its day otherwise.
import type { Language, Says } from '../contract/shapes.ts'

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

export function clockIn(at: Date, timezone: string, now: Date): Says {
  return {
    zh: sayInstant(at, { language: 'zh', timezone, now }),
    en: sayInstant(at, { language: 'en', timezone, now }),
  }
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
