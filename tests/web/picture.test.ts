import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LiveEvent } from '../../server/contract/live.ts'
import { merge, pictureOf, withSums } from '../../web/live/picture.ts'
import { assignment, crew, event, incident, minutesAgo, snapshot } from './sketch.ts'

const start = () => pictureOf(snapshot({ incidents: [incident({ id: 'i1' })], crews: [crew({ id: 'c1' })] }))

describe('the live picture', () => {
  it('puts a new incident in and counts it', () => {
    const { picture } = merge(start(), [event(11, { data: incident({ id: 'i2', customers_out: 40 }) })])
    expect([...picture.incidents.keys()]).toEqual(['i1', 'i2'])
    expect(picture.counts).toMatchObject({ customers_out: 140, incidents_open: 2 })
    expect(picture.seq).toBe(11)
  })

  it('passes over what it already has, so that a repeat changes nothing', () => {
    const before = start()
    expect(merge(before, [event(10, { data: incident({ id: 'i2' }) })]).picture).toBe(before)
  })

  it('never lets an older version overwrite a newer one', () => {
    const newer = event(11, { data: incident({ id: 'i1', version: 5, customers_out: 10 }) })
    const older = event(12, { data: incident({ id: 'i1', version: 4, customers_out: 90 }) })
    expect(merge(start(), [newer, older]).picture.incidents.get('i1')?.customers_out).toBe(10)
  })

  it('puts an assignment with its incident, the new state in place of the old', () => {
    const offered = assignment({ id: 'a1', incident_id: 'i1', status: 'offered' })
    const taken = { ...offered, status: 'accepted' as const }
    const { picture } = merge(start(), [
      event(11, { name: 'assignment', data: offered }),
      event(12, { name: 'assignment', data: taken }),
    ])
    expect(picture.incidents.get('i1')?.assignments).toEqual([taken])
  })

  it('takes the sums of a fresh snapshot and whose shift has ended, but nothing older of a crew than it has', () => {
    const off = { status: 'off_duty', on_shift: false } as const
    const before = pictureOf(snapshot({ crews: [crew({ id: 'c1' }), crew({ id: 'c2', version: 2 })] }))
    const counts = { ...before.counts, crossings_today: 3 }
    const picture = withSums(
      before,
      snapshot({ counts, crews: [crew({ id: 'c1', ...off }), crew({ id: 'c2', ...off })] }),
    )
    expect(picture.counts.crossings_today).toBe(3)
    expect([...picture.crews.values()].map(({ id, status }) => `${id} ${status}`)).toEqual([
      'c1 off_duty',
      'c2 available',
    ])
  })

  it('says that something was missed when an assignment belongs to an incident it has never seen', () => {
    const stray = event(11, { name: 'assignment', data: assignment({ id: 'a1', incident_id: 'unknown' }) })
    expect(merge(start(), [stray]).gap).toBe(true)
  })

  it('passes calmly over an event of an unknown name', () => {
    const odd = { ...event(11, { data: { id: 'x' } }), name: 'weather' } as unknown as LiveEvent
    const { picture, gap } = merge(start(), [odd])
    expect(gap).toBe(false)
    expect(picture.incidents.size).toBe(1)
  })

  it('asks for everything again when a network was imported', () => {
    expect(merge(start(), [event(11, { name: 'network', step: 'imported', data: { id: 'n' } })]).gap).toBe(true)
  })

  it('counts a restored incident as nobody out, and forgets it six hours later', () => {
    const back = incident({ id: 'i1', status: 'restored', customers_out: 0, version: 2, updated_at: minutesAgo(0) })
    const restored = merge(start(), [event(11, { data: back })]).picture
    expect(restored.counts).toMatchObject({ customers_out: 0, incidents_open: 0 })
    const later = event(12, { name: 'crew', at: minutesAgo(-7 * 60), data: crew({ id: 'c1', version: 2 }) })
    expect(merge(restored, [later]).picture.incidents.size).toBe(0)
  })

  it('comes to the same picture however the events are cut into batches', () => {
    const change = fc.record({
      id: fc.constantFrom('i1', 'i2', 'i3'),
      version: fc.integer({ min: 1, max: 9 }),
      customers_out: fc.integer({ min: 0, max: 500 }),
    })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), fc.array(fc.nat(5)), (changes, cuts) => {
        const events = changes.map((one, index) => event(11 + index, { data: incident(one) }))
        const whole = merge(start(), events).picture
        let cut = start()
        const rest = [...events]
        for (const size of cuts) cut = merge(cut, rest.splice(0, size)).picture
        cut = merge(cut, rest).picture
        expect(cut).toEqual(whole)
      }),
    )
  })
})
