// A report that could not be placed, and its caller who is asked where it came from.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import type { ReportAnswer, ReportView } from '../../server/contract/reports.ts'
import type { Problem } from '../../server/contract/shapes.ts'
import { openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(() => at.reset())

const openIncidents = async () =>
  (await at.call<{ items: IncidentSummary[] }>('GET', '/api/incidents?status=suspected,probable,confirmed')).body.items

describe('a caller whose address is not whole', () => {
  const strange = (input: object) =>
    at.call<ReportAnswer>('POST', '/api/reports', { channel: 'web', ...input }, 'public')
  const tokenOf = ({ follow }: ReportAnswer) => follow.replace('/follow/', '')
  const place = (answer: ReportAnswer, where: object) =>
    at.call<ReportAnswer & Problem>('POST', `/api/follow/${tokenOf(answer)}/place`, where, 'public')
  const kept = () => at.sql<{ id: string }>('select id from report')

  it('is asked about the places that are like it, and a tap places the same report, once', async () => {
    const first = (await strange({ address: '白纱大道3号' })).body
    expect(first).toMatchObject({ located: null, verdict: { kind: 'unlocated' } })
    expect(first.candidates![0]).toEqual({
      transformer_id: 'T4',
      label: '白沙大道3号',
      confidence: expect.any(Number),
    })
    const placed = await place(first, { candidate: '白沙大道3号' })
    expect(placed).toMatchObject({ status: 200, body: { id: first.id, verdict: { kind: 'new_incident' } } })
    expect(JSON.stringify(placed.body)).not.toMatch(/P403|A403|1390000/)
    const view = (await at.call<ReportView>('GET', `/api/reports/${first.id}`)).body
    expect(view.located).toMatchObject({ service_point_id: 'P403', method: 'address' })
    expect(await kept()).toHaveLength(1)
    expect((await place(first, { candidate: '白沙大道3号' })).status).toBe(409)
    expect(await openIncidents()).toHaveLength(1)
  })

  it('may write another place instead, as often as it takes, and staff see what was written', async () => {
    const first = (await strange({ address: '长安街88号' })).body
    expect(first.verdict.says.zh).toContain('95598')
    const again = await place(first, { address: '长安街89号' })
    expect(again.body).toMatchObject({ id: first.id, located: null, verdict: { kind: 'unlocated' } })
    const view = (await at.call<ReportView>('GET', `/api/reports/${first.id}`)).body
    expect(view.verdict!.evidence).toContainEqual({ what: 'place_said', value: '长安街89号' })
    const placed = await place(first, { account_no: 'A302' })
    expect(placed.body).toMatchObject({ id: first.id, verdict: { kind: 'new_incident' } })
    expect(await kept()).toHaveLength(1)
  })

  it('can choose nothing that was not offered, and nothing without the link', async () => {
    const first = (await strange({ address: '白纱大道3号' })).body
    expect((await place(first, { candidate: '长安街1号' })).status).toBe(422)
    expect((await place(first, { candidate: '白沙大道3号', address: '白沙大道3号' })).status).toBe(400)
    expect((await place({ ...first, follow: '/follow/nobody-has-this' }, { address: '白沙大道3号' })).status).toBe(404)
    const apart = (await strange({ phone: '13900000103' })).body
    expect(apart.candidates).toEqual([])
  })

  it('is asked on the page of the report as well, which needs no script', async () => {
    const first = (await strange({ address: '白纱大道3号' })).body
    const page = async () => (await at.app.request(`${first.follow}?lang=en`)).text()
    expect(await page()).toContain('It is 白沙大道3号')
    const answer = await at.app.request(`${first.follow}/place?lang=en`, {
      method: 'POST',
      body: new URLSearchParams({ candidate: '白沙大道3号' }),
    })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${first.follow}?lang=en`])
    expect(await page()).not.toContain('It is 白沙大道3号')
    expect(await page()).toContain('白沙配变')
    expect(await kept()).toHaveLength(1)
  })

  it('is promised a call only where they left a number', async () => {
    expect((await strange({ address: '长安街88号' })).body.verdict.says.zh).not.toContain('联系您')
    const reachable = (await strange({ address: '长安街88号', phone: '13700000000' })).body
    expect(reachable.verdict.says).toMatchObject({
      zh: expect.stringContaining('按您留下的号码联系您'),
      en: expect.stringContaining('ring the number that you left'),
    })
  })
})
