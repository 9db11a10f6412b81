import { describe, expect, it } from 'vitest'
import { pictureOf } from '../../web/live/picture.ts'
import { plannedMarks } from '../../web/map/layers/planned.ts'
import { addToFeed, startFeed } from '../../web/wall/feed.ts'
import {
  compareDistricts,
  countCrews,
  countStates,
  crossingsNow,
  districtRows,
  namesakes,
  promisesOwed,
  restoredPerHour,
  waitingLongest,
} from '../../web/wall/figures.ts'
import {
  alignStorm,
  callRate,
  callsLately,
  callsPerMinute,
  curve,
  curveYesterday,
  emptyHistory,
  laid,
  record,
  recordCalls,
  sinceQuarter,
} from '../../web/wall/history.ts'
import { newsIn, newsNow, nextScene } from '../../web/wall/scenes.ts'
import { assignment, clock, crew, event, incident, minutesAgo, noon, snapshot } from './sketch.ts'

const minute_ms = 60_000

describe('the wall’s figures', () => {
  it('lists who waits longest first, and not those with a crew on site', () => {
    const onSite = assignment({ id: 'a1', incident_id: 'old', status: 'on_site' })
    const incidents = [
      incident({ id: 'young', started_at: minutesAgo(5) }),
      incident({ id: 'old', started_at: minutesAgo(90), assignments: [onSite] }),
      incident({ id: 'middle', started_at: minutesAgo(60) }),
    ]
    expect(waitingLongest(incidents, 5).map(({ id }) => id)).toEqual(['middle', 'young'])
  })

  it('owes every kind of promise, most overdue first: what nobody was sent to, and what will be late, too', () => {
    const clocks = [
      clock({ kind: 'arrive', due_at: minutesAgo(-60), expected_at: minutesAgo(-70) }),
      clock({ kind: 'restore', due_at: minutesAgo(-60), expected_at: minutesAgo(-50) }),
      clock({ kind: 'accept', due_at: minutesAgo(-1), state: 'warned' }),
      clock({ kind: 'dispatch', due_at: minutesAgo(3), state: 'warned' }),
      clock({ kind: 'report_back', due_at: minutesAgo(9), state: 'escalated' }),
    ]
    const { rows, overdue } = promisesOwed(clocks, noon)
    expect(rows.map((row) => [row.clock.kind, row.left_s, row.breaks])).toEqual([
      ['report_back', -540, true],
      ['dispatch', -180, true],
      ['accept', 60, false],
      ['arrive', 3600, true],
    ])
    expect(overdue).toBe(2)
  })

  it('lists districts whose sum is all that is out: those beyond its room together, and what lies in none apart', () => {
    const districts = Array.from({ length: 9 }, (_, n) => ({ code: `d${n}`, name: `${n}`, kind: 'urban' as const }))
    const incidents = districts.map(({ code }, n) => incident({ id: code, district_code: code, customers_out: 10 * n }))
    const picture = pictureOf(
      snapshot({
        districts,
        incidents: [
          ...incidents,
          incident({ id: 'x', district_code: null, customers_out: 25 }),
          incident({ id: 'y', district_code: 'gone', customers_out: 20 }),
        ],
      }),
    )
    const rows = districtRows(picture, 7)
    expect(rows.map(({ code, customers_out, others }) => [code, customers_out, others])).toEqual([
      ['d8', 80, 0],
      ['d7', 70, 0],
      ['d6', 60, 0],
      ['d5', 50, 0],
      ['', 45, 0],
      ['d4', 40, 0],
      ['others', 60, 4],
    ])
    expect(rows.reduce((sum, row) => sum + row.customers_out, 0)).toBe(405)
    expect(districtRows(picture, 20)).toHaveLength(10)
    expect(compareDistricts(picture).map(({ code }) => code)).not.toContain('')
  })

  it('compares every district, those with nothing out too', () => {
    const picture = pictureOf(
      snapshot({ incidents: [incident({ id: 'i1', district_code: 'south', customers_out: 70 })] }),
    )
    expect(compareDistricts(picture).map(({ code, customers_out }) => [code, customers_out])).toEqual([
      ['south', 70],
      ['north', 0],
    ])
  })

  it('counts crews on shift by what they do, and the helpers across a boundary', () => {
    const picture = pictureOf(
      snapshot({
        crews: [
          crew({ id: 'c1', status: 'on_site' }),
          crew({ id: 'c2' }),
          crew({ id: 'c3', status: 'off_duty', on_shift: false }),
        ],
      }),
    )
    expect(countCrews(picture)).toMatchObject({ working: 1, onShift: 2 })
    const helping = assignment({ id: 'a1', incident_id: 'i1', crosses_boundary: true })
    const done = assignment({ id: 'a2', incident_id: 'i1', crosses_boundary: true, status: 'finished' })
    expect(crossingsNow([incident({ id: 'i1', assignments: [helping, done] })])).toBe(1)
  })

  it('counts hazards apart, and has no place for them while there are none', () => {
    const wire = incident({ id: 'w', hazard: true, status: 'probable' })
    const states = (of: (typeof wire)[]) => countStates(of).map(({ state, count }) => `${state} ${count}`)
    expect(states([wire, incident({ id: 'i1' })])).toEqual([
      'hazard 1',
      'confirmed 1',
      'probable 0',
      'suspected 0',
      'partly_restored 0',
    ])
    expect(states([])[0]).toBe('confirmed 0')
  })

  it('names the number of those that share a place’s name, and of no other', () => {
    const incidents = [incident({ id: 'a' }), incident({ id: 'b' }), incident({ id: 'c', place: '别处' })]
    expect([...namesakes(incidents)]).toEqual(['a', 'b'])
  })

  it('tells planned work that goes on from work ahead by its mark', () => {
    const location = { lon: 113, lat: 22.6 }
    const work = { id: 'p', starts_at: '', ends_at: '', running: true, reason: null, customers: 29, location }
    const planned = [work, { ...work, id: 'q', running: false, customers: 100 }]
    expect(plannedMarks(planned).features.map(({ properties }) => properties?.['state'])).toEqual([
      'planned_running',
      'planned',
    ])
  })

  it('adds up who came back in each hour', () => {
    const back = (id: string, minutes: number, customers: number) =>
      incident({ id, status: 'restored', restored_at: minutesAgo(minutes), customers_affected: customers })
    expect(
      restoredPerHour([back('a', 10, 50), back('b', 70, 30), back('c', 75, 5), incident({ id: 'd' })], noon, 3),
    ).toEqual([0, 35, 50])
  })
})

describe('the curve', () => {
  it('is worked out from the incidents before anyone was watching, and sampled after', () => {
    const history = record(emptyHistory, noon, 900)
    const incidents = [
      incident({ id: 'a', started_at: minutesAgo(9), customers_out: 40, customers_affected: 100 }),
      incident({
        id: 'b',
        started_at: minutesAgo(8),
        restored_at: minutesAgo(4),
        status: 'restored',
        customers_affected: 7,
      }),
    ]
    expect(curve(history, incidents, noon, 10 * minute_ms, 5 * minute_ms)).toEqual([0, 47, 900])
  })

  it('shows yesterday only where somebody was watching yesterday', () => {
    const day = 24 * 60 * minute_ms
    expect(curveYesterday(record(emptyHistory, noon, 5), noon, 5 * minute_ms, 5 * minute_ms)).toBeNull()
    let history = record(emptyHistory, noon - day - 6 * minute_ms, 11)
    history = record(history, noon - day, 12)
    expect(curveYesterday(history, noon, 5 * minute_ms, 5 * minute_ms)).toEqual([11, 12])
  })

  it('lays the last storm so that both begin together, and only while there is one today', () => {
    const storm = { threshold: 100, lead: 1, customers_out: [20, 100, 300, 250] }
    expect(alignStorm([0, 0, 5, 150, 200], storm, 4)).toEqual([null, 20, 100, 300])
    expect(alignStorm([0, 0, 5, 8, 9], storm, 4)).toBeNull()
    expect(alignStorm([0, 150, 200, 30, 20], storm, 4)).toBeNull()
  })

  it('draws an old answer where it belongs, and tells no change against a moment that it does not reach', () => {
    const [hour, step] = [60 * minute_ms, 5 * minute_ms]
    expect(laid([1, null, 3], step, hour).map(({ ago_ms, value }) => [ago_ms / minute_ms, value])).toEqual([
      [70, 1],
      [65, null],
      [60, 3],
    ])
    const past = [10, 20, 30, 40, 50]
    expect(sinceQuarter(past, step, 0, 52)).toBe(32)
    expect(sinceQuarter(past, step, step, 52)).toBe(22)
    expect(sinceQuarter(past, step, hour, 52)).toBeNull()
    expect(sinceQuarter([10], step, 0, 52)).toBeNull()
  })

  it('adds the calls of one minute together', () => {
    let history = recordCalls(emptyHistory, noon - minute_ms, 2)
    history = recordCalls(history, noon - minute_ms + 10, 3)
    expect(callsPerMinute(history, noon, 3)).toEqual([0, 5, 0])
    expect(callRate(callsPerMinute(history, noon, 3), noon)).toBe(5)
    expect(callRate(callsPerMinute(history, noon, 3), noon + 15_000)).toBe(3.75)
    expect(callRate(callsPerMinute(recordCalls(history, noon, 3), noon, 3), noon + 15_000)).toBe(6.75)
  })

  it('shows a call in the second it comes, before the server has counted it, and none twice', () => {
    const day = { at: new Date(noon - 30_000).toISOString(), calls_per_minute: [1, 2, 4] }
    const heard = recordCalls(recordCalls(emptyHistory, noon - 30_000, 3), noon, 6)
    expect(callsLately(day, heard, noon + 5000, 4)).toEqual([1, 2, 4, 6])
    expect(callsLately(null, heard, noon + 5000, 4)).toEqual([0, 0, 3, 6])
  })

  it('says nothing of the minutes since the server counted but what it heard itself', () => {
    const day = { at: new Date(noon - 30_000).toISOString(), calls_per_minute: [9, 2, 4] }
    expect(callsLately(day, emptyHistory, noon + 2 * minute_ms, 4)).toEqual([4, 0, 0, 0])
    expect(callsLately(day, emptyHistory, noon + 60 * minute_ms, 4)).toEqual([0, 0, 0, 0])
  })
})

describe('scenes and news', () => {
  it('skips the scenes that have nothing to show', () => {
    expect(nextScene('city', pictureOf(snapshot()))).toBe('city')
    const busy = snapshot({ incidents: [incident({ id: 'i1' })], crews: [crew({ id: 'c1', incident_id: 'i1' })] })
    expect(nextScene('city', pictureOf(busy))).toBe('district')
    expect(nextScene('district', pictureOf(busy))).toBe('crews')
    expect(nextScene('crews', pictureOf(busy))).toBe('city')
    const location = { lon: 113, lat: 22.6 }
    const work = { id: 'p', starts_at: '', ends_at: '', running: true, reason: null, customers: 9, location }
    expect(nextScene('crews', pictureOf(busy), [work])).toBe('planned')
  })

  it('turns to what is large beside what is out already, and always to a hazard', () => {
    const large = incident({ id: 'large', customers_affected: 9000, customers_out: 9000 })
    const small = incident({ id: 'small', customers_affected: 20 })
    const counts = { ...snapshot().counts, customers_out: 9000 }
    const picture = pictureOf(snapshot({ incidents: [large, small], counts }))
    const opened = (id: string) => event(11, { step: 'opened', subject_id: id, data: { id } })
    expect(newsIn([opened('small')], picture)).toBeNull()
    expect(newsIn([opened('small'), opened('large')], picture)?.incident.id).toBe('large')
    const wire = pictureOf(snapshot({ incidents: [{ ...small, hazard: true }], counts }))
    expect(newsIn([opened('small')], wire)?.incident.id).toBe('small')
  })

  it('drops no hazard for a smaller piece of news that came later', () => {
    const wire = incident({ id: 'wire', hazard: true, customers_affected: 0, customers_out: 0 })
    const small = incident({ id: 'small', customers_affected: 20 })
    const picture = pictureOf(snapshot({ incidents: [wire, small] }))
    const opened = (id: string) => event(11, { step: 'opened', subject_id: id, data: { id } })
    expect(newsIn([opened('wire'), opened('small')], picture)?.incident.id).toBe('wire')
  })

  it('tells news as it stands when its turn comes, and none that has been overtaken', () => {
    const then = incident({ id: 'i1', customers_affected: 20 })
    const news = { incident: then, step: 'opened' } as const
    const now = (over: Parameters<typeof incident>[0]) =>
      newsNow(news, pictureOf(snapshot({ incidents: [incident(over)] })))
    expect(now({ id: 'i1', customers_affected: 35 })?.incident.customers_affected).toBe(35)
    expect(now({ id: 'i1', status: 'closed' })).toBeNull()
    expect(now({ id: 'i1', status: 'restored' })).toBeNull()
    expect(now({ id: 'i1', merged_into: 'i2' })).toBeNull()
    expect(now({ id: 'i2' })).toBeNull()
  })

  it('says the same step of the same place once, newest first', () => {
    const picture = pictureOf(snapshot({ incidents: [incident({ id: 'i1' })] }))
    const lines = addToFeed(
      [],
      [
        event(11, { step: 'opened', data: incident({ id: 'i1' }) }),
        event(12, { step: 'opened', data: incident({ id: 'i1' }) }),
      ],
      picture,
    )
    expect(lines.map(({ id, step }) => [id, step])).toEqual([['12', 'opened']])
    expect(startFeed(picture).map(({ step }) => step)).toEqual(['opened'])
  })

  it('drops no news for another of the same place, and says what began: an outage, a hazard, one that is still out', () => {
    const first = incident({ id: 'i1', number: 1 })
    const wire = incident({ id: 'i2', number: 2, hazard: true })
    const still = incident({ id: 'i3', number: 3, status: 'suspected', parent_id: 'i1' })
    const events = [first, wire, still].map((data, index) => event(11 + index, { step: 'opened', data }))
    const lines = addToFeed([], events, pictureOf(snapshot({ incidents: [first, wire, still] })))
    expect(lines.map(({ number, step }) => [number, step])).toEqual([
      [3, 'still_out'],
      [2, 'hazard'],
      [1, 'opened'],
    ])
  })

  it('does not take each call on an incident for its confirmation', () => {
    const picture = pictureOf(snapshot({ incidents: [incident({ id: 'i1', status: 'confirmed' })] }))
    const heard = (step: string) => addToFeed([], [event(11, { step, data: incident({ id: 'i1' }) })], picture)
    expect(heard('evidence')).toEqual([])
    expect(heard('verify').map(({ step }) => step)).toEqual(['restored'])
  })
})
