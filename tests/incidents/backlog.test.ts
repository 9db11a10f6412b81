// When a report is put off, and whom it waits for.
import { expect, it } from 'vitest'
import { Backlog, type Turn } from '../../server/incidents/index.ts'

/** Reports on their way, each until it is told to end. */
function makeCrowd() {
  const backlog = new Backlog()
  backlog.serve(true)
  const come = () => {
    let end = () => {}
    let turn: Turn | null = null
    const over = backlog.carry((given) => {
      turn = given
      return new Promise<void>((resolve) => (end = resolve))
    })
    return {
      turn: turn! as Turn,
      end: () => {
        end()
        return over
      },
    }
  }
  return { backlog, come }
}

const isDone = (work: Promise<unknown>) =>
  Promise.race([work.then(() => true), new Promise<boolean>((resolve) => setTimeout(resolve, 20, false))])

it('thinks about two at once and puts the third off, and nothing where nobody settles', () => {
  const { backlog, come } = makeCrowd()
  expect([come(), come(), come()].map(({ turn }) => turn.isPressed)).toEqual([false, false, true])
  backlog.serve(false)
  expect(come().turn.isPressed).toBe(false)
})

it('takes thirty within a second for a storm even where none waits for another', async () => {
  const { come } = makeCrowd()
  const pressed: boolean[] = []
  for (let each = 0; each < 60; each++) {
    const one = come()
    pressed.push(one.turn.isPressed)
    await one.end()
  }
  expect(pressed.slice(0, 25)).not.toContain(true)
  expect(pressed.at(-1)).toBe(true)
})

it('waits for whom came before to the same transformer, until it is known where they call from', async () => {
  const { come } = makeCrowd()
  const [here, elsewhere, third] = [come(), come(), come()]
  const quiet = third.turn.untilQuiet('T1')
  here.turn.lead('T1')
  expect(await isDone(quiet)).toBe(false)
  await here.end()
  expect(await isDone(quiet)).toBe(false)
  elsewhere.turn.lead('T2')
  expect(await isDone(quiet)).toBe(true)
})

it('does not wait for one that came later: that one may wait for its connection', async () => {
  const { come } = makeCrowd()
  const [one, other, pressed] = [come(), come(), come()]
  await one.end()
  await other.end()
  const later = come()
  expect(later.turn.isPressed).toBe(false)
  expect(await isDone(pressed.turn.untilQuiet('T1'))).toBe(true)
})

it('knows how many other places of a transformer are yet to be heard, and how much is on its way', () => {
  const { backlog } = makeCrowd()
  const call = { transformer_id: 'T1', at: new Date(), symptom: 'no_power', taker: 'a', incident_id: null } as const
  backlog.putOff({ ...call, report_id: 'r1', service_point_id: 'P1' })
  backlog.putOff({ ...call, report_id: 'r2', service_point_id: 'P1' })
  backlog.putOff({ ...call, report_id: 'r3', service_point_id: 'P2' })
  backlog.putOff({ ...call, report_id: 'r4', service_point_id: null })
  expect(backlog.heardBeside('T1', 'P1')).toBe(2)
  expect(backlog.heardBeside('T2', 'P1')).toBe(0)
  expect(backlog.take().map(({ report_id }) => report_id)).toEqual(['r1', 'r2', 'r3', 'r4'])
  expect(backlog.size).toBe(4)
  backlog.done(4)
  expect(backlog.size).toBe(0)
})
