// When a report is put off, and whom it waits for.
import { expect, it, onTestFinished, vi } from 'vitest'
import { Backlog } from '../../server/incidents/index.ts'

/** Reports on their way, each until it is told to end; `isPressed` is null until its work has begun. */
function makeCrowd() {
  const backlog = new Backlog()
  backlog.serve(true)
  const come = () => {
    const one = { isPressed: null as boolean | null, end: () => {}, over: Promise.resolve() }
    one.over = backlog.carry((isPressed) => {
      one.isPressed = isPressed
      return new Promise<void>((resolve) => (one.end = resolve))
    })
    return one
  }
  return { backlog, come }
}

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 10))

it('thinks about two at once; the third waits for them and is put off', async () => {
  const { come } = makeCrowd()
  const [one, other, third] = [come(), come(), come()]
  expect([one, other, third].map(({ isPressed }) => isPressed)).toEqual([false, false, null])
  one.end()
  await aMoment()
  expect(third.isPressed).toBe(null)
  other.end()
  await aMoment()
  expect(third.isPressed).toBe(true)
})

it('does not wait for one that came later', async () => {
  const { come } = makeCrowd()
  const [one, other, pressed] = [come(), come(), come()]
  one.end()
  other.end()
  await Promise.all([one.over, other.over])
  const later = come()
  expect(later.isPressed).toBe(false)
  await aMoment()
  expect(pressed.isPressed).toBe(true)
})

it('puts nothing off where nobody settles', () => {
  const { backlog, come } = makeCrowd()
  backlog.serve(false)
  expect([come(), come(), come()].map(({ isPressed }) => isPressed)).toEqual([false, false, false])
})

it('takes thirty within a second for a storm even where none waits for another', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const { come } = makeCrowd()
  const pressed: (boolean | null)[] = []
  for (let each = 0; each < 60; each++) {
    vi.advanceTimersByTime(10)
    const one = come()
    await aTurn()
    pressed.push(one.isPressed)
    one.end()
    await one.over
  }
  expect(pressed.slice(0, 25)).not.toContain(true)
  expect(pressed.at(-1)).toBe(true)
})

const aTurn = () => new Promise((resolve) => setImmediate(resolve))

it('knows how many other places of a transformer are yet to be heard, and how much is on its way', () => {
  const { backlog } = makeCrowd()
  const call = { transformer_id: 'T1', at: new Date(), symptom: 'no_power', taker: 'a', incident_id: null } as const
  backlog.putOff({ ...call, report_id: 'r1', service_point_id: 'P1' })
  backlog.putOff({ ...call, report_id: 'r2', service_point_id: 'P1' })
  backlog.putOff({ ...call, report_id: 'r3', service_point_id: 'P2' })
  backlog.putOff({ ...call, report_id: 'r4', service_point_id: null })
  expect(backlog.heardBeside('T1', 'P1')).toBe(2)
  expect(backlog.heardBeside('T2', 'P1')).toBe(0)
  expect(
    backlog
      .take()
      .flat()
      .map(({ report_id }) => report_id),
  ).toEqual(['r1', 'r2', 'r3', 'r4'])
  expect(backlog.size).toBe(4)
  backlog.done(4)
  expect(backlog.size).toBe(0)
})

it('gives out first, unit by unit, what nothing known explains, and no more units than are asked for', () => {
  const { backlog } = makeCrowd()
  const call = { service_point_id: null, at: new Date(), symptom: 'no_power', taker: 'a' } as const
  const unitOf = (transformer: string) => Number(transformer.at(1))
  backlog.putOff({ ...call, report_id: 'r1', transformer_id: 'T1a', incident_id: 'inc_1' })
  backlog.putOff({ ...call, report_id: 'r2', transformer_id: 'T2a', incident_id: 'inc_2' })
  backlog.putOff({ ...call, report_id: 'r3', transformer_id: 'T3a', incident_id: null })
  backlog.putOff({ ...call, report_id: 'r4', transformer_id: 'T2b', incident_id: null })
  backlog.putOff({ ...call, report_id: 'r5', transformer_id: 'T2a', incident_id: null })
  const names = (taken: { report_id: string }[][]) => taken.map((unit) => unit.map(({ report_id }) => report_id))
  expect(names(backlog.take(unitOf, 2))).toEqual([['r2', 'r5', 'r4'], ['r3']])
  expect(backlog.places).toBe(1)
  expect(backlog.size).toBe(5)
  expect(names(backlog.take(unitOf, 2))).toEqual([['r1']])
  expect(backlog.take(unitOf, 2)).toEqual([])
})
