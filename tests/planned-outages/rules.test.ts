// Notice periods, when customers are told, and what an outage means.
import { describe, expect, it } from 'vitest'
import { impactOf } from '../../server/planned-outages/impact.ts'
import { noticeOf } from '../../server/planned-outages/notice.ts'
import { stageDue, stagesOf } from '../../server/planned-outages/stages.ts'

const at = (text: string) => new Date(`${text}:00+08:00`)
const zone = 'Asia/Shanghai'

describe('notice', () => {
  it('is seven days for planned work, to the minute, and names the public rule', () => {
    expect(noticeOf('planned', at('2026-08-01T09:00'), at('2026-08-08T09:00'))).toMatchObject({
      met: true,
      needed_h: 168,
    })
    const late = noticeOf('planned', at('2026-08-01T09:01'), at('2026-08-08T09:00'))
    expect(late).toMatchObject({ met: false, earliest_at: at('2026-08-08T09:01').toISOString() })
    expect(late.rule.zh).toContain('第二十八条')
  })

  it('is 24 hours for temporary work', () => {
    expect(noticeOf('temporary', at('2026-08-01T09:00'), at('2026-08-02T09:00')).met).toBe(true)
    expect(noticeOf('temporary', at('2026-08-01T09:00'), at('2026-08-02T08:00'))).toMatchObject({
      met: false,
      given_h: 23,
    })
  })
})

describe('customers are told', () => {
  const starts = at('2026-08-08T09:00')

  it('a week before, a day before and at seven in the morning of the day', () => {
    expect(stagesOf(starts, zone).map(({ dueAt }) => dueAt)).toEqual([
      at('2026-08-01T09:00'),
      at('2026-08-07T09:00'),
      at('2026-08-08T07:00'),
    ])
  })

  it('on the evening before where work starts in the night or too soon after seven, so that nobody is woken', () => {
    for (const start of ['2026-08-08T00:00', '2026-08-08T00:10', '2026-08-08T06:30', '2026-08-08T07:59'])
      expect(stagesOf(at(start), zone).at(-1)!.dueAt, start).toEqual(at('2026-08-07T20:00'))
    expect(stagesOf(at('2026-08-08T08:00'), zone).at(-1)!.dueAt).toEqual(at('2026-08-08T07:00'))
    expect(stagesOf(at('2026-08-08T23:50'), zone).at(-1)!.dueAt).toEqual(at('2026-08-08T07:00'))
  })

  it('only the last of what is due, nothing before the week and nothing once it has begun', () => {
    const due = (now: string) => stageDue(starts, zone, at(now), null)
    expect(due('2026-08-01T08:59')).toBeNull()
    expect(due('2026-08-01T09:00')).toBe('planned_week')
    expect(due('2026-08-07T20:00')).toBe('planned_day')
    expect(due('2026-08-08T07:00')).toBe('planned_morning')
    expect(due('2026-08-08T09:00')).toBeNull()
  })

  it('nothing that was due before the work came to us from elsewhere', () => {
    expect(stageDue(starts, zone, at('2026-08-05T09:00'), at('2026-08-04T09:00'))).toBeNull()
    expect(stageDue(starts, zone, at('2026-08-07T09:00'), at('2026-08-04T09:00'))).toBe('planned_day')
  })
})

describe('the impact', () => {
  it('adds up customers, their hours by their own end, critical kinds, and a generator a transformer with critical customers', () => {
    const hanging = [
      {
        transformer_id: 'T1',
        name: '一',
        kva: 400,
        feeder_id: 'F1',
        customers: 10,
        critical: ['hospital', 'water'],
        planned_this_year: 3,
      },
      {
        transformer_id: 'T2',
        name: '二',
        kva: null,
        feeder_id: 'F2',
        customers: 4,
        critical: [],
        planned_this_year: 2,
      },
    ]
    const patches = [
      { transformerId: 'T1', endsAt: at('2026-08-08T12:00') },
      { transformerId: 'T2', endsAt: at('2026-08-08T09:30') },
    ]
    expect(impactOf(hanging, at('2026-08-08T09:00'), patches)).toEqual({
      customers: 14,
      customer_hours: 32,
      transformers: 2,
      feeder_ids: ['F1', 'F2'],
      critical: [
        { kind: 'hospital', customers: 1 },
        { kind: 'water', customers: 1 },
      ],
      generators: [{ transformer_id: 'T1', name: '一', kva: 400, for: ['hospital', 'water'] }],
      often: [{ transformer_id: 'T1', name: '一', planned_this_year: 4 }],
    })
  })
})
