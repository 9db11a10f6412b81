import { describe, expect, it } from 'vitest'
import type { Candidate } from '../../server/contract/assignments.ts'
import type { TimelineEntry } from '../../server/contract/incidents.ts'
import { candidatesFor } from '../../web/desk/candidates.ts'
import { mayUndo } from '../../web/desk/forms.ts'
import { likelihoodOf } from '../../web/desk/likelihood.ts'
import { isTold } from '../../web/desk/told.ts'
import { buildQueue } from '../../web/desk/queue.ts'
import { pictureOf } from '../../web/live/picture.ts'
import { waysOf } from '../../web/map/layers/candidate-routes.ts'
import { assignment, clock, incident, minutesAgo, noon, snapshot } from './sketch.ts'

describe('the desk', () => {
  it('numbers the candidates on the map as in the list: whoever has the incident is none', () => {
    const route = {
      type: 'LineString',
      coordinates: [[113, 22.5] as [number, number], [113.1, 22.5] as [number, number]],
    }
    const ranked = ['C1', 'C2', 'C3'].map(
      (crew_id) => ({ crew_id, crew_name: crew_id, route, method: 'road' }) as Partial<Candidate> as Candidate,
    )
    const given = incident({ id: 'i1', assignments: [assignment({ id: 'a1', incident_id: 'i1', crew_id: 'C1' })] })
    const free = candidatesFor(given, ranked)
    expect(free.map(({ crew_id }) => crew_id)).toEqual(['C2', 'C3'])
    expect(waysOf(free, null).features.map(({ properties }) => properties.rank)).toEqual([1, 1, 2, 2])
  })

  it('tells a crew’s step once, as its assignment’s', () => {
    const entry = (name: string, step: string) => ({ name, step, at: minutesAgo(1) }) as TimelineEntry
    const told = [entry('crew', 'on_site'), entry('assignment', 'on_site'), entry('incident', 'crew_on_site')]
    expect(told.filter((one) => isTold(one, null)).map(({ name }) => name)).toEqual(['assignment'])
    expect(isTold(entry('assignment', 'on_site'), noon - 120_000)).toBe(false)
  })

  it('is not sure of what one call alone suggests, nor wholly of anything inferred', () => {
    const one = incident({ id: 'i1', status: 'suspected', reports: 1, probability: 1 })
    expect(likelihoodOf(one)).toBe('one_call')
    expect(likelihoodOf({ ...one, status: 'probable', parent_id: 'back' })).toBe('one_call')
    expect(likelihoodOf({ ...one, reports: 2, probability: 0.7 })).toBe(0.7)
    expect(likelihoodOf({ ...one, status: 'probable', probability: 1 })).toBe(0.99)
    expect(likelihoodOf({ ...one, status: 'confirmed' })).toBeNull()
  })

  it('offers to take a confirmation back only while it stands: not once supply is back', () => {
    expect(mayUndo('confirm', 'confirmed')).toBe(true)
    expect(mayUndo('confirm', 'restored')).toBe(false)
    expect([mayUndo('cancel', 'cancelled'), mayUndo('cancel', 'confirmed')]).toEqual([true, false])
    expect([mayUndo('restore', 'restored'), mayUndo('restore', 'closed')]).toEqual([true, false])
    expect([mayUndo('close', 'closed'), mayUndo('close', 'restored')]).toEqual([true, false])
  })

  it('puts a call for help first, then what nobody was sent to and is late, each with the promise that runs out soonest', () => {
    const on = (id: string, over: object = {}) =>
      incident({ id, assignments: [assignment({ id: `a-${id}`, incident_id: id, ...over })] })
    const incidents = [
      incident({ id: 'calm', customers_out: 900 }),
      incident({ id: 'late', customers_out: 1 }),
      incident({ id: 'soon', customers_out: 2 }),
      on('driving'),
      on('breaking'),
      on('asking', { help: { id: 'h1', asked_at: minutesAgo(2), reason: '吊车' } }),
    ]
    const clocks = [
      clock({ incident_id: 'late', kind: 'dispatch', state: 'escalated', due_at: minutesAgo(12) }),
      clock({ incident_id: 'late', kind: 'arrive', state: 'running', due_at: minutesAgo(-20) }),
      clock({ incident_id: 'soon', kind: 'dispatch', state: 'warned', due_at: minutesAgo(-2) }),
      clock({ incident_id: 'breaking', kind: 'arrive', state: 'warned', due_at: minutesAgo(-20) }),
      clock({ incident_id: 'driving', kind: 'arrive', state: 'running', due_at: minutesAgo(-40) }),
    ]
    const rows = buildQueue(pictureOf(snapshot({ incidents })), [], clocks, noon)
    const shown = rows.map((row) => [row.id, row.group, 'clock' in row ? (row.clock?.kind ?? null) : null])
    expect(shown).toEqual([
      ['asking', 'help', null],
      ['late', 'overdue', 'dispatch'],
      ['soon', 'decide', 'dispatch'],
      ['calm', 'decide', null],
      ['breaking', 'promise', 'arrive'],
      ['driving', 'working', null],
    ])
  })
})
