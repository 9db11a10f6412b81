// Numbers, instants, durations and ages as people read them, by `Intl` in the language of the moment.
import { language } from './language.svelte.ts'

const tags = { zh: 'zh-CN', en: 'en-GB' } as const
const kept = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>()

/** Making an `Intl` object costs far more than using it, so each is made once; the keys are few and fixed. */
function keep<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(
  key: string,
  make: (tag: string) => T,
): T {
  const full = `${language.current} ${key}`
  const made = (kept.get(full) as T | undefined) ?? make(tags[language.current])
  kept.set(full, made)
  return made
}

export type Instant = string | number

const moment = (instant: Instant) => new Date(instant)

/** 12,345 */
export const wholeNumber = (value: number) =>
  keep('whole', (tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 0 })).format(value)

/** 12.3 or 0.042: three significant digits. */
export const decimal = (value: number) =>
  keep('decimal', (tag) => new Intl.NumberFormat(tag, { maximumSignificantDigits: 3 })).format(value)

/** 12.3 */
export const oneDecimal = (value: number) =>
  keep('one', (tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 1, minimumFractionDigits: 1 })).format(value)

/** 12 %; what is something but less than one, to a tenth, and never nothing. */
export const percent = (share: number) =>
  share > 0 && share < 0.01
    ? keep('percent-fine', (tag) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 })).format(
        Math.max(share, 0.001),
      )
    : keep('percent', (tag) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 })).format(share)

/** A difference that shows its sign: +120, −35. */
export const signed = (value: number) =>
  keep('signed', (tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 0, signDisplay: 'exceptZero' })).format(
    value,
  )

/** 21:45 */
export const timeOfDay = (instant: Instant, timeZone?: string) =>
  keep(
    `time ${timeZone}`,
    (tag) => new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hour12: false, timeZone }),
  ).format(moment(instant))

export function isSameDay(one: Instant, other: Instant, timeZone?: string): boolean {
  const dayOf = (at: Instant) => fullDate(at, timeZone)
  return dayOf(one) === dayOf(other)
}

/** 21:45, with its day where that is not the day of `now`. */
export const timeOrDate = (instant: Instant, now: Instant, timeZone?: string): string =>
  isSameDay(instant, now, timeZone) ? timeOfDay(instant, timeZone) : dateAndTime(instant, timeZone)

/** 21:45:07 */
export const clockTime = (instant: Instant, timeZone?: string) =>
  keep(
    `clock ${timeZone}`,
    (tag) =>
      new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false, timeZone }),
  ).format(moment(instant))

/** 11月21日星期六 */
export const longDate = (instant: Instant, timeZone?: string) =>
  keep(
    `date ${timeZone}`,
    (tag) => new Intl.DateTimeFormat(tag, { month: 'long', day: 'numeric', weekday: 'short', timeZone }),
  ).format(moment(instant))

/** 9月1日, 1 Sept */
export const shortDate = (instant: Instant, timeZone?: string) =>
  keep(`day ${timeZone}`, (tag) => new Intl.DateTimeFormat(tag, { month: 'short', day: 'numeric', timeZone })).format(
    moment(instant),
  )

/** 2026年9月1日, 1 Sept 2026 */
export const fullDate = (instant: Instant, timeZone?: string) =>
  keep(
    `full ${timeZone}`,
    (tag) => new Intl.DateTimeFormat(tag, { year: 'numeric', month: 'short', day: 'numeric', timeZone }),
  ).format(moment(instant))

/** 11/21 21:45 */
export const dateAndTime = (instant: Instant, timeZone?: string) =>
  keep(
    `both ${timeZone}`,
    (tag) =>
      new Intl.DateTimeFormat(tag, {
        month: 'numeric',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hour12: false,
        timeZone,
      }),
  ).format(moment(instant))

const units = {
  zh: { day: '天', hour: '小时', minute: '分', second: '秒', gap: '' },
  en: { day: ' d', hour: ' h', minute: ' min', second: ' s', gap: ' ' },
} as const

/** 45 秒, 12 分, 2 小时 5 分, 3 天 4 小时: at most two units; negative counts as its size. */
export function duration(length_s: number): string {
  const unit = units[language.current]
  const size = Math.abs(length_s)
  const of = (value: number, name: string) => `${Math.floor(value)}${language.current === 'zh' ? ' ' : ''}${name}`
  const pair = (first: string, rest: number, name: string) =>
    rest >= 1 ? `${first}${unit.gap || ' '}${of(rest, name)}` : first
  if (size < 60) return of(size, unit.second)
  if (size < 3600) return of(size / 60, unit.minute)
  if (size < 86_400) return pair(of(size / 3600, unit.hour), (size % 3600) / 60, unit.minute)
  return pair(of(size / 86_400, unit.day), (size % 86_400) / 3600, unit.hour)
}

/** 18:32 of a running count: minutes and seconds under an hour, then hours and minutes. */
export function countdown(length_s: number): string {
  const size = Math.floor(Math.abs(length_s))
  const two = (value: number) => String(value).padStart(2, '0')
  const sign = length_s < 0 ? '+' : ''
  return size < 3600
    ? `${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`
    : `${sign}${Math.floor(size / 3600)}:${two(Math.floor((size % 3600) / 60))}:${two(size % 60)}`
}

/** 3分钟前, in 2 hours. */
export function relative(instant: Instant, from: number): string {
  const difference_s = (moment(instant).getTime() - from) / 1000
  const format = keep('relative', (tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto', style: 'short' }))
  const size = Math.abs(difference_s)
  if (size < 60) return format.format(Math.trunc(difference_s), 'second')
  if (size < 3600) return format.format(Math.trunc(difference_s / 60), 'minute')
  if (size < 86_400) return format.format(Math.trunc(difference_s / 3600), 'hour')
  return format.format(Math.trunc(difference_s / 86_400), 'day')
}

/** 850 m, 3.2 km */
export function distance(length_m: number): string {
  const [value, unit] = length_m < 1000 ? [Math.round(length_m / 10) * 10, 'meter'] : [length_m / 1000, 'kilometer']
  return keep(
    `distance ${unit}`,
    (tag) => new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }),
  ).format(value)
}
