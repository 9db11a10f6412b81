import { expect, test } from 'vitest'
import type { LocateCandidate } from '../../server/contract/reports.ts'
import { offeredPlaces } from '../../server/reports/index.ts'

const places = (...confidences: number[]): LocateCandidate[] =>
  confidences.map((confidence, each) => ({ transformer_id: `T${each}`, label: `${each}号`, confidence }))

test('up to four places that an address may mean are asked about, the best first', () => {
  expect(offeredPlaces(places(0.4), ['address'])).toHaveLength(1)
  expect(offeredPlaces(places(0.75, 0.75, 0.4, 0.35), ['address'])).toHaveLength(4)
  expect(offeredPlaces([], ['address'])).toEqual([])
})

test('of more, those that are as good as the best; where all are as good, none: a fuller address is asked for', () => {
  expect(offeredPlaces(places(0.6, 0.55, 0.4, 0.4, 0.35), ['address']).map((each) => each.label)).toEqual([
    '0号',
    '1号',
  ])
  expect(offeredPlaces(places(0.75, 0.75, 0.75, 0.75, 0.75), ['address'])).toEqual([])
})

test('where a phone or an account was looked for, nothing is offered: it would tell where others live', () => {
  for (const key of ['phone', 'account', 'meter']) expect(offeredPlaces(places(0.5, 0.5), [key, 'address'])).toEqual([])
})
