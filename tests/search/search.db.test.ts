// The search over everything: each kind by its number and its words, ranked together, people for dispatchers only, and never a table
// read whole that has a row for each customer.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SearchHit } from '../../server/contract/search.ts'
import { beginsWith } from '../../server/network/index.ts'
import { statementNamed, valuesFor } from '../../server/database/statements.ts'
import { minute, openTestApp, type Asker, type TestApp } from '../fixtures/app.ts'

let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
  await at.call('POST', '/api/reports', { channel: 'hotline', account_no: 'A101', text: '变压器冒烟' })
  await at.call('POST', '/api/requests', { kind: 'complaint', text: '一周停电三次', account_no: 'A102' })
  await at.call('POST', '/api/planned-outages', {
    starts_at: minute(60 * 24 * 10).toISOString(),
    ends_at: minute(60 * 24 * 10 + 120).toISOString(),
    transformer_ids: ['T5'],
    reason: '更换表箱',
  })
})
afterAll(() => at.close())

const search = async (q: string, more = '', as: Asker = 'dispatcher') =>
  (await at.call<{ items: SearchHit[] }>('GET', `/api/search?q=${encodeURIComponent(q)}${more}`, undefined, as)).body
    .items
const kinds = (hits: SearchHit[]) => [...new Set(hits.map(({ kind }) => kind))]

describe('the search', () => {
  it('puts what bears the number first, whatever it is', async () => {
    expect((await search('A101'))[0]).toMatchObject({ kind: 'customer', id: 'P101' })
    expect((await search('M102'))[0]).toMatchObject({ kind: 'customer', id: 'P102' })
    expect((await search('T5'))[0]).toMatchObject({ kind: 'transformer', id: 'T5' })
    expect((await search('C3'))[0]).toMatchObject({ kind: 'crew', id: 'C3' })
    const [incident] = await search('1', '&kinds=incident')
    expect(incident).toMatchObject({ kind: 'incident', detail: '1' })
    for (const written of ['第 1 号', '第1号', '1号', 'no. 1', 'No.1', 'NO 1', '#1', '＃１', '停电事件第 1 号'])
      expect((await search(written))[0], written).toMatchObject({ kind: 'incident', id: incident!.id })
    expect(kinds(await search('1号楼'))).not.toContain('incident')
    expect((await search(incident!.id))[0]).toMatchObject({ kind: 'incident', id: incident!.id })
  })

  it('finds a customer by the beginning of an account, by address, and whatever is in full width', async () => {
    const begun = await search('A10', '&kinds=customer&limit=20')
    expect(begun).toEqual([])
    expect((await search('Ａ１０１'))[0]).toMatchObject({ kind: 'customer', id: 'P101' })
    const { address } = (await at.sql<{ address: string }>(`select address from service_point where id = 'P203'`))[0]!
    expect((await search(address, '&kinds=customer'))[0]).toMatchObject({ id: 'P203' })
  })

  it('finds calls, requests and planned work by their words and by whom they are from', async () => {
    expect(await search('冒烟')).toMatchObject([{ kind: 'report', state: 'new_incident' }])
    expect(kinds(await search('A101'))).toContain('report')
    expect(await search('停电三次')).toMatchObject([{ kind: 'request', state: 'open' }])
    expect(kinds(await search('A102'))).toContain('request')
    expect(await search('表箱', '&kinds=planned')).toMatchObject([{ kind: 'planned', title: '更换表箱' }])
    expect(kinds(await search('T5'))).toContain('planned')
  })

  it('shows people to dispatchers only', async () => {
    expect(kinds(await search('A101', '', 'wall'))).toEqual([])
    expect(kinds(await search('T1', '', 'crew:C1'))).toContain('transformer')
    expect((await at.call('GET', '/api/search?q=A101', undefined, 'public')).status).toBe(401)
  })

  it('takes signs of patterns as they are, bounds what it answers, and names a kind that does not exist', async () => {
    expect(await search('%')).toEqual([])
    expect(await search('_', '&kinds=device,transformer,customer')).toEqual([])
    expect((await search('A', '&limit=2')).filter(({ kind }) => kind === 'customer').length).toBeLessThanOrEqual(2)
    expect((await at.call('GET', '/api/search?q=')).status).toBe(400)
    expect((await at.call('GET', '/api/search?q=a&limit=500')).status).toBe(400)
    const { status, body } = await at.call<{ detail: string }>('GET', '/api/search?q=a&kinds=weather')
    expect([status, body.detail]).toEqual([400, expect.stringContaining('there is no weather')])
  })

  it('reads no table whole that grows with customers, calls or years', async () => {
    const values = {
      words: 'A101',
      number: 7,
      begins: beginsWith('A101'),
      phones: ['A101'],
      limit: 5,
      recent: 3000,
      now: minute(0),
    }
    for (const name of [
      'network/search_service_points',
      'search/find_incidents',
      'search/find_reports',
      'search/find_requests',
    ]) {
      const statement = statementNamed(name)
      await at.sql('set enable_seqscan = off')
      const rows = await at.sql<{ 'QUERY PLAN': string }>(`explain ${statement.text}`, valuesFor(statement, values))
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      expect(plan).not.toMatch(/Seq Scan on (service_point|incident|report|request|interruption)\b/)
    }
  })
})
