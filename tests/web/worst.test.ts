// The storm report's map: who is drawn how, in the order of its table.
import { expect, it } from 'vitest'
import { discsOf, isOutAt } from '../../web/map/layers/worst.ts'
import type { StormReport } from '../../server/contract/history.ts'

const to = '2026-05-01T12:00:00Z'
const incident = (id: string, customers: number, restored_at: string | null): StormReport['worst'][number] => ({
  id,
  number: 1,
  place: id,
  location: { lon: 113, lat: 22.5 },
  transformer_ids: [id],
  status: 'restored',
  cause: null,
  customers,
  started_at: '2026-05-01T08:00:00Z',
  first_arrival_at: null,
  restored_at,
  customer_minutes: customers * 60,
})

it('numbers the discs as the table does, and draws the costliest last, on top', () => {
  const discs = discsOf({ worst: [incident('a', 900, null), incident('b', 10, null)], to })
  expect(discs.features.map(({ properties }) => properties)).toEqual([
    { rank: '2', customers: 10 },
    { rank: '1', customers: 900 },
  ])
})

it('takes for still out whatever was restored after the period, or not at all', () => {
  expect(isOutAt(incident('a', 1, null), to)).toBe(true)
  expect(isOutAt(incident('a', 1, '2026-05-01T12:00:01Z'), to)).toBe(true)
  expect(isOutAt(incident('a', 1, '2026-05-01T11:59:00Z'), to)).toBe(false)
})
