// The storm told in order.
import { expect, it } from 'vitest'
import { timelineOf, type Worst } from '../../server/history/timeline.ts'

const worst = (started_at: string, restored_at: string): Worst => ({
  id: 'i',
  number: 7,
  place: '泗井新村',
  location: { lon: 113, lat: 22.6 },
  transformer_ids: [],
  status: 'restored',
  cause: null,
  customers: 31,
  customer_minutes: 31,
  started_at: new Date(started_at),
  first_arrival_at: null,
  restored_at: new Date(restored_at),
})
const period = { from: new Date('2026-09-01T00:00:00Z'), to: new Date('2026-09-30T00:00:00Z') }
const restored = (incident: Worst) =>
  timelineOf([incident], null, period, 'Asia/Shanghai').find(({ kind }) => kind === 'restored')?.says

it('says since when a place was out, with the day where that was another', () => {
  expect(restored(worst('2026-09-03T06:05:00Z', '2026-09-09T06:00:00Z'))).toEqual({
    zh: '泗井新村恢复供电，自9月3日14:05起停电。',
    en: '泗井新村 has supply again, out since 3 Sept 14:05.',
  })
  expect(restored(worst('2026-09-03T06:05:00Z', '2026-09-03T15:00:00Z'))?.zh).toContain('自14:05起')
  // Past midnight there.
  expect(restored(worst('2026-09-03T15:05:00Z', '2026-09-03T17:00:00Z'))?.zh).toContain('自9月3日23:05起')
})
