// The courses of incidents are followed in a log whose numbers may turn up late.
import { expect, test } from 'vitest'
import type { Queries } from '../../server/database/index.ts'
import { courseOf, type Standing, type Step } from '../../server/incidents/course.ts'
import { Courses } from '../../server/incidents/courses.ts'

const begin_s = Date.parse('2026-07-01T02:00:00Z') / 1000
const instant = (minutes: number) => new Date((begin_s + 60 * minutes) * 1000).toISOString()

function stepAt(seq: number, minutes: number, facts: Partial<Standing> = {}): Step {
  const standing: Standing = {
    id: 'inc_a',
    status: 'confirmed',
    hazard: false,
    equipment: { id: 'T1', kind: 'transformer' },
    district_code: null,
    location: { lon: 113, lat: 22.5 },
    customers_out: 10,
    started_at: instant(0),
    restored_at: null,
    cause: null,
    estimate: null,
    assignments: [],
    ...facts,
  }
  return { seq, at_s: begin_s + 60 * minutes, facts: standing }
}

const lead = (status: 'accepted' | 'on_site') => [{ role: 'lead' as const, status, arrives_at: instant(30) }]

test('a step that was told late is put in its place, and one read twice counts once', async () => {
  const log: Step[] = [stepAt(1, 0)]
  const horizon = { oldest: '10', next: '11', newest: 1 }
  const queries = {
    one: async () => ({ ...horizon }),
    rows: async (name: string, values: { after: number }) => {
      if (name === 'incidents/list_lately_out') return [{ id: 'inc_a' }]
      return name === 'incidents/read_courses' ? [...log] : log.filter(({ seq }) => seq > values.after)
    },
  } as unknown as Queries
  const courses = new Courses()
  await courses.begin(queries, new Date(begin_s * 1000))
  const now_s = begin_s + 40 * 60
  const stage = async () => (await courses.picture(now_s)).watch.factsOf('inc_a', now_s)

  // Number 2 is held by transaction 11, still at work, when number 3 is read.
  log.push(stepAt(3, 20, { assignments: lead('on_site') }))
  Object.assign(horizon, { oldest: '11', next: '13', newest: 3 })
  await courses.follow(queries)
  await courses.follow(queries)
  expect(await stage()).toMatchObject({ stage: 'repair_on_site', in_stage_s: 1200, stage_steps: 1, revisions: 2 })
  log.splice(1, 0, stepAt(2, 10, { assignments: lead('accepted') }))
  Object.assign(horizon, { oldest: '13', next: '14' })
  await courses.follow(queries)
  expect(await stage()).toMatchObject({ stage: 'repair_on_site', in_stage_s: 1200, stage_steps: 2, revisions: 3 })
})

test('a suspicion has no course, what was no loss of supply loses it, and nothing after the return is a moment before it', () => {
  const suspected = stepAt(1, 0, { status: 'suspected' })
  expect(courseOf([suspected])).toBeNull()
  expect(courseOf([suspected, stepAt(2, 5), stepAt(3, 9, { status: 'cancelled' })])).toBeNull()
  const returned = { status: 'restored' as const, restored_at: instant(20), customers_out: 0 }
  const { incident } = courseOf([suspected, stepAt(2, 5), stepAt(3, 20, returned), stepAt(4, 60, returned)])!
  expect(incident).toMatchObject({ open: false, ended_s: begin_s + 1200 })
  expect(incident.revisions.map(({ at_s }) => at_s)).toEqual([begin_s + 300])
})
