// An answer that comes after its offer has expired: the phone had no network, or somebody else was quicker.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AssignmentView } from '../../server/contract/assignments.ts'
import type { IncidentView } from '../../server/contract/incidents.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { expireOffers } from '../../server/dispatch/index.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

async function incidentOn(account_no: string, equipment_id: string): Promise<string> {
  const { body } = await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no })
  const id = body.verdict.incident_id!
  await at.call('POST', `/api/incidents/${id}/confirm`, { equipment_id })
  return id
}
const offer = (incident: string, crew_id: string) =>
  at.call<AssignmentView>('POST', `/api/incidents/${incident}/assignments`, { crew_id })
const take = (id: string, step: string, body: object) =>
  at.call<AssignmentView>('POST', `/api/assignments/${id}/${step}`, body, 'crew:C3')

describe('an offer that expired', () => {
  async function expired(): Promise<[incident: string, offer: string]> {
    const id = await incidentOn('A301', 'T3')
    const { id: job } = (await offer(id, 'C3')).body
    at.clock.now = minute(10)
    await expireOffers(at.deps)
    return [id, job]
  }

  it('holds where a phone without network accepted it in time', async () => {
    const [id, job] = await expired()
    expect((await take(job, 'accept', {})).status).toBe(409)
    expect((await take(job, 'accept', { at: minute(4) })).status).toBe(409)
    const accepted = await take(job, 'accept', { at: minute(2) })
    expect([accepted.status, accepted.body]).toMatchObject([200, { status: 'accepted', ended_at: null, reason: null }])
    expect((await take(job, 'depart', { at: minute(5) })).body.status).toBe('en_route')
    expect((await at.call<IncidentView>('GET', `/api/incidents/${id}`)).body.assignments).toMatchObject([
      { id: job, crew_id: 'C3' },
    ])
  })

  it.each([
    ['another crew leads', (id: string) => offer(id, 'C1')],
    ['the crew has other work', async () => offer(await incidentOn('A101', 'T1'), 'C3')],
    ['supply is back', (id: string) => at.call('POST', `/api/incidents/${id}/restore`, {})],
  ])('stays so where %s by then', async (_, happen) => {
    const [id, job] = await expired()
    await happen(id)
    expect((await take(job, 'accept', { at: minute(2) })).status).toBe(409)
    expect(await at.sql('select status from assignment where id = $1', [job])).toEqual([{ status: 'expired' }])
  })
})
