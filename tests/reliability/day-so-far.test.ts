// The storm that a day is laid beside.
import { expect, test } from 'vitest'
import { stormOf } from '../../server/reliability/index.ts'

const from = new Date('2026-06-01T16:00:00Z')

test('a storm has begun once a tenth of its peak is out, and its curve starts two hours before', () => {
  const quiet = new Array<number>(30).fill(3)
  const storm = stormOf('2026-06-02', from, [...quiet, 90, 400, 1000, 700])
  expect(storm).toMatchObject({ threshold: 100, lead: 24, begun_at: '2026-06-01T18:35:00.000Z' })
  expect(storm?.customers_out.slice(22)).toEqual([3, 90, 400, 1000, 700])
})

test('a day that nobody was out on is no storm', () => {
  expect(stormOf('2026-06-02', from, [0, 0, 0])).toBeNull()
})
