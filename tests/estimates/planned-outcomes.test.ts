// What plans' promises came to, on made-up words: each of an incident of its own unless said otherwise.
import { expect, test } from 'vitest'
import { learnPlannedOutcomes, type PlannedWord } from '../../server/estimates/planned-outcomes.ts'

const minute_s = 60
const estimate = (minutes: number) => ({
  low_s: 0.8 * minutes * minute_s,
  estimate_s: minutes * minute_s,
  high_s: 1.3 * minutes * minute_s,
  source: 'plan',
})
let count = 0
const word = (said: number, took: number, over: Partial<PlannedWord> = {}): PlannedWord => ({
  incident: `inc_${count++}`,
  estimate_s: said * minute_s,
  took_s: took * minute_s,
  ended: true,
  ...over,
})
const times = (many: number, make: (index: number) => PlannedWord) => Array.from({ length: many }, (_, at) => make(at))
const corrected = async (words: PlannedWord[], minutes: number) => {
  const { low_s, estimate_s, high_s } = (await learnPlannedOutcomes(words)).correct(estimate(minutes))
  return [low_s, estimate_s, high_s].map((seconds) => seconds / minute_s) as [number, number, number]
}

test('nothing known leaves the estimate as the plan gave it, to the last digit', async () => {
  expect((await learnPlannedOutcomes([])).correct(estimate(60))).toEqual(estimate(60))
  const others = (await learnPlannedOutcomes([word(6000, 9000)])).correct(estimate(0))
  expect(others).toEqual(estimate(0))
  // Still out within the time said: nothing can be read from it.
  const young = (await learnPlannedOutcomes(times(50, () => word(60, 10, { ended: false })))).correct(estimate(60))
  expect(young).toEqual(estimate(60))
})

test('short promises that were broken make short ones later, and long ones kept too well make long ones sooner', async () => {
  const words = [...times(200, (at) => word(60, 120 + at)), ...times(200, (at) => word(1200, 300 + at))]
  const [low, middle, high] = await corrected(words, 60)
  expect(low).toBeGreaterThan(100)
  expect(middle).toBeGreaterThan(90)
  expect(high).toBeGreaterThan(250)
  const [, long, latest] = await corrected(words, 1200)
  expect(long).toBeLessThan(900)
  expect(latest).toBeLessThan(1000)
  expect(latest).toBeGreaterThanOrEqual(long)
})

test('four in five of what comes lie inside, where it comes as it did', async () => {
  // Evenly in logarithms from half to four times what was said.
  const words = times(400, (at) => word(100, 50 * 8 ** (at / 399)))
  const [low, , high] = await corrected(words, 100)
  const inside = words.filter(({ took_s }) => took_s >= low * minute_s && took_s <= high * minute_s)
  expect(inside.length / words.length).toBeGreaterThan(0.75)
  expect(inside.length / words.length).toBeLessThan(0.85)
})

test('who is still out long after the time said counts, and the short ones do not speak for them', async () => {
  const ended = times(50, () => word(60, 60))
  const [, , high] = await corrected(ended, 60)
  const [, , withOpen] = await corrected([...ended, ...times(50, () => word(60, 300, { ended: false }))], 60)
  expect(high).toBeLessThan(80)
  expect(withOpen).toBeGreaterThan(200)
})

test('an incident of which much was said speaks once', async () => {
  const one = await corrected([word(60, 240, { incident: 'inc' })], 60)
  const often = await corrected(
    times(100, () => word(60, 240, { incident: 'inc' })),
    60,
  )
  for (const [index, value] of often.entries()) expect(value).toBeCloseTo(one[index]!, 6)
})
