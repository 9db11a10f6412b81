// How far settling gives way to those who wait for an answer.
import { expect, it } from 'vitest'
import { GivingWay } from '../../server/incidents/giving-way.ts'

/** What it rests after each of `answers`, each unit having taken 100 ms. */
const restsAfter = (way: GivingWay, answers: number[]): number[] =>
  answers.map((took_ms) => {
    way.answered(took_ms)
    way.answered(1)
    return way.restAfter(100)
  })

it('rests where somebody waits and never where nobody asked', () => {
  const way = new GivingWay()
  expect(way.restAfter(100)).toBe(0)
  expect(way.isAsked).toBe(false)
  way.answered(4)
  expect(way.isAsked).toBe(true)
  expect(way.restAfter(100)).toBeGreaterThan(100)
  expect(way.restAfter(100)).toBe(0)
})

it('rests less and less while answers are quick, and soon hardly at all', () => {
  const rests = restsAfter(new GivingWay(), Array<number>(600).fill(5))
  expect(rests).toEqual([...rests].sort((a, b) => b - a))
  expect(rests.at(-1)).toBeLessThan(10)
})

it('doubles its rests where answers are slow, and keeps a third of the time', () => {
  const way = new GivingWay()
  restsAfter(way, Array<number>(600).fill(5))
  expect(restsAfter(way, Array<number>(6).fill(300))).toEqual([25, 50, 100, 200, 200, 200])
})
