import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PublicIncident } from '../../server/contract/public.ts'
import { pubOutages } from '../../server/exchange/cim.ts'
import { geoReportXml, requestOf, services } from '../../server/exchange/open311.ts'
import { escapeXml, xmlDocument } from '../../server/exchange/xml.ts'

const incident: PublicIncident = {
  id: 'inc_1',
  status: 'partly_restored',
  place: '东一台区 <1>',
  district: '甲区',
  customers_out: 14,
  started_at: '2026-07-01T06:00:00.000Z',
  restored_at: null,
  verified: false,
  estimate: {
    at: '2026-07-01T08:00:00.000Z',
    low: '2026-07-01T07:30:00.000Z',
    high: '2026-07-01T09:00:00.000Z',
    source: 'crew',
  },
  crew: 'on_site',
  cause: 'lightning',
  says: { zh: '停电', en: 'Out' },
  updated_at: '2026-07-01T06:10:00.000Z',
}
const districts = [{ code: '440703', name: '甲区', customers: 24 }]
const canParse = spawnSync('xmllint', ['--version']).status === 0

/** The document as xmllint reads it; the test passes without xmllint, which only looks harder. */
function expectWellFormed(text: string): void {
  if (!canParse) return
  const { status, stderr } = spawnSync('xmllint', ['--noout', '-'], { input: text, encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
}

test('text of any kind stays text', () => {
  expect(escapeXml('a<b> & "c" \u0000\u001f\ud800')).toBe('a&lt;b&gt; &amp; &quot;c&quot; ')
  expect(escapeXml('😀')).toBe('😀')
  const texts = fc.sample(
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
    { numRuns: 200, seed: 1 },
  )
  expectWellFormed(
    xmlDocument(
      'all',
      texts.map((text) => ['each', text]),
    ),
  )
})

test('an incident as PubOutages has ODIN’s elements in its order, and times with their offset', () => {
  const text = pubOutages([incident], districts, 'Asia/Shanghai')
  expect(text).toContain('<PubOutages xmlns="http://iec.ch/TC57/2014/PubOutages#"><Outage><mRID>inc_1</mRID>')
  expect([...text.matchAll(/<(\w+)>/g)].map(([, name]) => name)).toEqual([
    ...[
      'Outage',
      'mRID',
      'cause',
      'causeKind',
      'communityDescriptor',
      'metersAffected',
      'outageKind',
      'reportedStartTime',
    ],
    ...[
      'statusKind',
      'utilityDisclaimer',
      'actualPeriod',
      'start',
      'EstimatedRestorationTime',
      'confidenceKind',
      'ert',
    ],
    ...['Names', 'name', 'OutageArea', 'earliestReportedTime', 'metersServed', 'outageAreaKind'],
  ])
  expect(text).toContain('<outageKind>partiallyRestored</outageKind>')
  expect(text).toContain('<statusKind>arrived</statusKind>')
  expect(text).toContain('<ert>2026-07-01T16:00:00+08:00</ert>')
  expectWellFormed(text)
})

test('a count under five is not in PubOutages', () => {
  expect(pubOutages([{ ...incident, customers_out: null }], districts, 'Asia/Shanghai')).not.toContain('metersAffected')
})

test('GeoReport XML names the items of a list by its singular', () => {
  const text = geoReportXml('services', [...services])
  expect(text).toContain('<services><service><service_code>no_power</service_code>')
  expect(geoReportXml('errors', [{ code: '400', description: 'a < b' }])).toContain(
    '<errors><error><code>400</code><description>a &lt; b</description></error></errors>',
  )
  expectWellFormed(text)
})

test('a request shows its district and how it stands, never a point or the caller’s words', () => {
  const at = new Date('2026-07-01T06:00:00Z')
  const row = { id: 'rep_1', symptom: 'hazard', status: 'open', state: 'out', reported_at: at, updated_at: at } as const
  const request = requestOf({ ...row, estimate_at: null, district: '甲区' }, '示例供电', 'Asia/Shanghai')
  expect(request).toMatchObject({ address: '甲区', lat: null, long: null, description: null, service_code: 'hazard' })
  expect(request.requested_datetime).toBe('2026-07-01T14:00:00+08:00')
  expect(geoReportXml('service_requests', [request])).toContain(
    '<request><service_request_id>rep_1</service_request_id>',
  )
})
