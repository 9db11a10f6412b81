import { expect, test } from 'vitest'
import { firstTemplates, matterKinds } from '../../server/notifications/matters.ts'
import { previewOf } from '../../server/notifications/preview.ts'
import { quietUntil } from '../../server/notifications/quiet-hours.ts'
import { faultOf, render, WordMissing } from '../../server/notifications/render.ts'
import { retryAt } from '../../server/notifications/retry.ts'

const now = new Date('2026-07-01T06:30:00Z')
const clock = { language: 'zh', timezone: 'Asia/Shanghai', now } as const

test('words are put in, instants on the customer’s clock, with the day where it is not today', () => {
  const words = { place: '东一台区', since: '2026-07-01T06:00:00Z', until: '2026-07-02T01:05:00Z' }
  expect(render('outage_known', '{place}自{since}停电，{until}前恢复', words, clock)).toBe(
    '东一台区自14:00停电，7月2日09:05前恢复',
  )
  expect(render('outage_known', '{place} until {until}', words, { ...clock, language: 'en' })).toBe(
    '东一台区 until 2 Jul, 09:05',
  )
})

test('a part in square brackets is left out where one of its words is not known; elsewhere a missing word is refused', () => {
  const words = { place: '东一台区', until: null }
  expect(render('outage_known', '{place}停电。[预计{until}恢复。]', words, clock)).toBe('东一台区停电。')
  expect(() => render('outage_known', '{place}{until}', words, clock)).toThrow(WordMissing)
})

test('a wording with a word that its kind does not have, or with loose brackets, is refused with the reason', () => {
  expect(faultOf('restored', '{place}{until}')?.en).toContain('{until} is no word of restored')
  expect(faultOf('restored', '{place} {')?.en).toContain('brace')
  expect(faultOf('restored', '{place} [a')?.en).toContain('square bracket')
  expect(faultOf('restored', '[{place}] is back')?.en).toContain('{place}')
  expect(() => previewOf('outage_known', 'zh', '{place}{until}', now)).toThrow('square brackets')
})

test('every wording of the program reads in both languages, with every word and with few, within two SMS parts in Chinese', () => {
  for (const kind of matterKinds)
    for (const language of ['zh', 'en'] as const) {
      const { text, without } = previewOf(kind, language, firstTemplates[kind][language], now)
      expect(`${text}${without}`).not.toMatch(/[[\]{}]/)
      // Only what goes to a subscription can be unsubscribed from, and that is no SMS.
      if (language === 'zh') expect(text.replace(/退订：\S+/, '').length).toBeLessThanOrEqual(134)
    }
})

test('quiet hours may run over midnight, and end at their end to the minute', () => {
  const quiet = { from: '22:00', to: '07:00' }
  const until = (utc: string) => quietUntil(new Date(utc), 'Asia/Shanghai', quiet)?.toISOString() ?? null
  expect(until('2026-07-01T13:59:59Z')).toBeNull()
  expect(until('2026-07-01T14:00:00Z')).toBe('2026-07-01T23:00:00.000Z')
  expect(until('2026-07-01T22:59:30Z')).toBe('2026-07-01T23:00:00.000Z')
  expect(until('2026-07-01T23:00:00Z')).toBeNull()
  expect(quietUntil(now, 'Asia/Shanghai', null)).toBeNull()
})

test('waits double from five seconds to ten minutes, spread by half each way, and end after a day', () => {
  const wait_s = (tries: number, chance: number, atLeast_s = 0) =>
    (retryAt({ tries, createdAt: now }, now, chance, atLeast_s)!.getTime() - now.getTime()) / 1000
  expect([1, 2, 3, 20].map((tries) => wait_s(tries, 0.5))).toEqual([5, 10, 20, 600])
  expect([wait_s(1, 0), wait_s(1, 1)]).toEqual([2.5, 7.5])
  expect(wait_s(1, 0, 60)).toBe(60)
  expect(retryAt({ tries: 3, createdAt: new Date(now.getTime() - 86_400_000) }, now, 0.5)).toBeNull()
})
