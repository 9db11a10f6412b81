import { expect, it } from 'vitest'
import { roundTicks } from '../../web/text/round-ticks.ts'

const zone = 'Asia/Shanghai'
const at = (text: string) => Date.parse(`${text}+08:00`)
const written = (from: string, to: string) =>
  roundTicks(at(from), at(to), zone).map((tick) =>
    new Date(tick.at).toLocaleString('sv-SE', { timeZone: zone }).slice(5, 16),
  )

it('stands on midnights for a storm of days, and says which they are', () => {
  expect(written('2020-02-08T06:44', '2020-02-14T17:54')).toEqual(
    ['09', '10', '11', '12', '13', '14'].map((day) => `02-${day} 00:00`),
  )
  expect(roundTicks(at('2020-02-08T06:44'), at('2020-02-14T17:54'), zone).every(({ isMidnight }) => isMidnight)).toBe(
    true,
  )
})

it('stands on round hours counted from midnight for a night, and keeps off the ends', () => {
  expect(written('2026-08-03T19:12', '2026-08-04T07:05')).toEqual([
    '08-03 20:00',
    '08-03 22:00',
    '08-04 00:00',
    '08-04 02:00',
    '08-04 04:00',
    '08-04 06:00',
  ])
  expect(roundTicks(at('2026-08-03T19:12'), at('2026-08-04T07:05'), zone)[2]!.isMidnight).toBe(true)
})

it('never writes more than fits', () => {
  for (const days of [0.1, 0.5, 1, 3, 9, 40, 200])
    expect(roundTicks(0, days * 86_400_000, zone).length).toBeLessThanOrEqual(8)
})

it('stays on midnights when the clock is changed', () => {
  const [from, to] = [Date.parse('2026-04-02T05:00Z'), Date.parse('2026-04-09T05:00Z')]
  const ticks = roundTicks(from, to, 'Australia/Melbourne')
  expect(ticks.map(({ isMidnight }) => isMidnight)).toEqual(Array.from({ length: 7 }, () => true))
  expect(new Set(ticks.map(({ at }) => at)).size).toBe(7)
})
