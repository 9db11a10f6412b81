// Where an incident goes up in another or turns out to be none, its crews go along or are called off; hazards stand alone.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AssignmentView, CrewView } from '../../server/contract/assignments.ts'
import type { IncidentSummary, IncidentView } from '../../server/contract/incidents.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { openTestApp, type Asker, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

const step = (id: string, verb: string, body: object = {}) =>
  at.call<IncidentSummary & { detail: string }>('POST', `/api/incidents/${id}/${verb}`, body)
const read = async (id: string) => (await at.call<IncidentView>('GET', `/api/incidents/${id}`)).body
const call = async (account_no: string, symptom = 'no_power') =>
  (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no, symptom })).body.verdict
    .incident_id!
const offer = async (id: string, crew_id: string) =>
  (await at.call<AssignmentView>('POST', `/api/incidents/${id}/assignments`, { crew_id })).body.id
const accept = (assignment: string, crew: string) =>
  at.call('POST', `/api/assignments/${assignment}/accept`, {}, `crew:${crew}` as Asker)
const crewsOn = async (id: string) =>
  (await read(id)).assignments.map(({ crew_id, role, status }) => `${crew_id} ${role} ${status}`)
const crew = async (id: string) =>
  (await at.call<{ items: CrewView[] }>('GET', '/api/crews')).body.items.find((each) => each.id === id)!

/** Two confirmed incidents of F1 with a crew on each. */
async function twoWithCrews(): Promise<[string, string]> {
  const [one, other] = [await call('A201'), await call('A301')]
  await step(one, 'confirm', { equipment_id: 'T2' })
  await step(other, 'confirm', { equipment_id: 'T3' })
  await accept(await offer(one, 'C1'), 'C1')
  await accept(await offer(other, 'C2'), 'C2')
  return [one, other]
}

describe('a merge', () => {
  it('takes the crew along: it leads where nobody does, and joins in support where somebody does', async () => {
    const [one, other] = await twoWithCrews()
    await step(one, 'merge', { incident_ids: [other] })
    expect(await crewsOn(one)).toEqual(['C1 lead accepted', 'C2 support accepted'])
    expect(await crewsOn(other)).toEqual([])
    expect(await crew('C2')).toMatchObject({ incident_id: one, status: 'accepted' })

    const alone = await call('A101')
    const led = await offer(alone, 'C3')
    await accept(led, 'C3')
    await step(one, 'undo')
    await step(other, 'merge', { incident_ids: [alone] })
    expect(await crewsOn(other)).toEqual(['C2 lead accepted', 'C3 support accepted'])
    expect((await at.call('POST', `/api/assignments/${led}/depart`, {}, 'crew:C3')).status).toBe(200)
  })

  it('gives the crew back when it is undone', async () => {
    const [one, other] = await twoWithCrews()
    await step(one, 'merge', { incident_ids: [other] })
    expect((await step(one, 'undo')).status).toBe(200)
    expect(await crewsOn(one)).toEqual(['C1 lead accepted'])
    expect(await crewsOn(other)).toEqual(['C2 lead accepted'])
    expect(await crew('C2')).toMatchObject({ incident_id: other })
  })

  it('tells screens and the crew that the job is another incident’s now', async () => {
    const [one, other] = await twoWithCrews()
    await step(one, 'merge', { incident_ids: [other] })
    const told = await at.sql<{ name: string; subject_id: string; incident_id: string }>(
      "select name, subject_id, incident_id from event_log where step = 'moved' and name <> 'incident' order by seq desc limit 2",
    )
    expect(told).toEqual([
      { name: 'crew', subject_id: 'C2', incident_id: one },
      { name: 'assignment', subject_id: expect.stringMatching(/^asg_/), incident_id: one },
    ])
  })
})

it('a confirmation that takes a suspicion in takes its crew along', async () => {
  const [suspected, confirmed] = [await call('A301'), await call('A101')]
  await accept(await offer(suspected, 'C1'), 'C1')
  await step(confirmed, 'confirm', { equipment_id: 'CB1' })
  expect((await read(suspected)).merged_into).toBe(confirmed)
  expect(await crewsOn(confirmed)).toEqual(['C1 lead accepted'])
})

it('a cancelled incident calls its crew off, which is free at once', async () => {
  const id = await call('A201')
  await accept(await offer(id, 'C1'), 'C1')
  expect((await step(id, 'cancel', { reason: 'the caller found his switch' })).status).toBe(200)
  expect(await crewsOn(id)).toEqual([])
  expect(await crew('C1')).toMatchObject({ incident_id: null, status: 'available' })
})

describe('a hazard', () => {
  it('shows the report that it was told by, and leaves the loss of supply beside it its own', async () => {
    const supply = await call('A303')
    const hazard = await call('A303', 'hazard')
    const told = await read(hazard)
    expect(told).toMatchObject({ hazard: true, reports: 1, customers_out: 0 })
    expect(told.evidence).toEqual([expect.objectContaining({ kind: 'report', service_point_id: 'P303' })])
    expect((await read(supply)).reports).toBe(1)
  })

  it('is never merged away, nor takes others in', async () => {
    const [supply, hazard] = [await call('A303'), await call('A304', 'hazard')]
    for (const [into, other] of [
      [supply, hazard],
      [hazard, supply],
    ] as const) {
      const refused = await step(into, 'merge', { incident_ids: [other] })
      expect(refused).toMatchObject({ status: 422, body: { detail: expect.stringContaining(hazard) } })
    }
    expect((await read(hazard)).status).toBe('probable')
  })
})
