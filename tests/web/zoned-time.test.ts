// Times typed on the desk are the network's.
import { expect, it } from 'vitest'
import { zonedInstant, zonedText } from '../../web/text/zoned-time.ts'

it('reads and writes a typed time on the network’s clock, whatever the machine’s is', () => {
  expect(zonedInstant('2026-08-03T09:00', 'Asia/Shanghai')).toEqual(new Date('2026-08-03T01:00:00Z'))
  expect(zonedInstant('2026-03-29T04:00', 'Europe/Vienna')).toEqual(new Date('2026-03-29T02:00:00Z'))
  expect(zonedText(new Date('2026-08-03T17:30:00Z'), 'Asia/Shanghai')).toBe('2026-08-04T01:30')
  expect(zonedInstant('', 'Asia/Shanghai')).toBeNull()
})
