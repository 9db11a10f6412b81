import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { PublicIncident } from '../../server/contract/public.ts'
import { planCalendar } from '../../server/exchange/calendar.ts'
import { capAlert, capFeed } from '../../server/exchange/cap.ts'
import { offsetTime } from '../../server/exchange/offset-time.ts'

const now = new Date('2026-07-01T06:30:00Z')
const publisher = { name: '示例 & 供电', timezone: 'Asia/Shanghai', origin: 'http://relight.test:8080' }
const incident: PublicIncident = {
  id: 'inc_1',
  status: 'confirmed',
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
    source: 'history',
  },
  crew: 'none',
  cause: null,
  says: { zh: '停电；正在安排抢修班组。', en: 'Out; a crew is being found.' },
  updated_at: '2026-07-01T06:10:00.000Z',
}
const square = {
  type: 'Polygon' as const,
  coordinates: [
    [
      [113, 22.5],
      [113.01, 22.5],
      [113.01, 22.51],
      [113, 22.5],
    ],
  ],
}

test('instants carry the offset of their zone, never Z', () => {
  expect(offsetTime(now, 'Asia/Shanghai')).toBe('2026-07-01T14:30:00+08:00')
  expect(offsetTime(now, 'America/St_Johns')).toBe('2026-07-01T04:00:00-02:30')
  expect(offsetTime(now, 'UTC')).toBe('2026-07-01T06:30:00+00:00')
})

test('an alert says where, what and until when; a later one refers to the first; restored is an AllClear', () => {
  const alert = capAlert(incident, square, publisher, now)
  expect(alert).toContain('<polygon>22.5,113 22.5,113.01 22.51,113.01 22.5,113</polygon>')
  expect(alert).toContain('<references>relight.test:8080,inc_1,2026-07-01T14:00:00+08:00</references>')
  expect(alert).toContain('<expires>2026-07-01T17:00:00+08:00</expires>')
  expect(alert).toContain('东一台区 &lt;1&gt;')
  const back = capAlert({ ...incident, status: 'restored', estimate: null }, null, publisher, now)
  expect(back).toContain('<responseType>AllClear</responseType>')
  expect(back).toContain('<headline>Supply should be back, being checked: 东一台区 &lt;1&gt;</headline>')
  expect(back).toContain('<headline>东一台区 &lt;1&gt;应已恢复供电，正在核实</headline>')
  expect(back).toContain('<certainty>Likely</certainty>')
  const verified = capAlert({ ...incident, status: 'restored', verified: true, estimate: null }, null, publisher, now)
  expect(verified).toContain('<responseType>AllClear</responseType>')
  expect(verified).toContain('<headline>Supply restored: 东一台区 &lt;1&gt;</headline>')
  expect(verified).toContain('<certainty>Observed</certainty>')
  expect(capAlert({ ...incident, updated_at: incident.started_at }, null, publisher, now)).toContain(
    '<msgType>Alert</msgType>',
  )
})

const schema = '../shared/data/standards/CAP-v1.2.xsd'
const canCheck = existsSync(schema) && spawnSync('xmllint', ['--version']).status === 0

test.runIf(canCheck)('alerts of every state are valid CAP 1.2', () => {
  const states: PublicIncident[] = [
    incident,
    { ...incident, status: 'suspected', estimate: null, customers_out: null, district: null },
    { ...incident, status: 'restored', restored_at: incident.updated_at },
    { ...incident, status: 'restored', restored_at: incident.updated_at, verified: true },
  ]
  for (const each of states) {
    const checked = spawnSync('xmllint', ['--noout', '--schema', schema, '-'], {
      input: capAlert(each, square, publisher, now),
    })
    expect(checked.stderr.toString()).toContain('validates')
  }
})

test('the feed lists every message with its address, the newest first', () => {
  const older = { ...incident, id: 'inc_0', updated_at: '2026-07-01T05:00:00.000Z' }
  const feed = capFeed([older, incident], publisher, now)
  expect(feed.indexOf('/feeds/cap/inc_1.xml')).toBeLessThan(feed.indexOf('/feeds/cap/inc_0.xml'))
  expect(feed).toContain('<updated>2026-07-01T14:10:00+08:00</updated>')
})

test('a calendar names its places in both languages, and ground with fewer than five customers by its district alone', () => {
  const row = {
    id: 'P1',
    starts_at: now,
    ends_at: now,
    reason: null,
    state: 'announced' as const,
    places: ['甲', '乙', '丙', '丁', '戊'],
    district: '东区',
    customers: 5,
  }
  const text = (customers: number) => planCalendar([{ ...row, customers }], '计划停电', now).replaceAll('\r\n ', '')
  expect(text(5)).toContain('SUMMARY:计划停电：甲、乙、丙等5处 / Planned work: 甲\\, 乙\\, 丙 and 2 more')
  expect(text(4)).toContain('SUMMARY:计划停电：东区 / Planned work: 东区\r\n')
  expect(text(4)).toContain('LOCATION:东区\r\n')
  expect(text(4)).not.toMatch(/甲|戊/)
})

test('the feed’s summaries are in both languages, as the alerts are', () => {
  const { zh, en } = incident.says
  expect(capFeed([incident], publisher, now)).toContain(`<summary>${zh} / ${en}</summary>`)
})

test('a calendar’s lines have at most 75 bytes, commas escaped, and no character cut in two', () => {
  const row = {
    id: 'P1',
    starts_at: now,
    ends_at: new Date('2026-07-01T09:00:00Z'),
    reason: '检修, 更换导线；'.repeat(8),
    state: 'announced' as const,
    places: ['东一台区', '东二台区'],
    district: '东区',
    customers: 120,
  }
  const calendar = planCalendar([row], '计划停电', now)
  const lines = calendar.split('\r\n')
  expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
  expect(calendar).not.toContain('\uFFFD')
  expect(lines).toContain('DTSTART:20260701T063000Z')
  expect(calendar.replaceAll('\r\n ', '')).toContain('检修\\, 更换导线')
})
