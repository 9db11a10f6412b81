import { describe, expect, it } from 'vitest'
import { deadKeyOf } from '../../web/live/dead-lines.svelte.ts'
import { pictureOf } from '../../web/live/picture.ts'
import { differenceOf, stateOfAreas, type AreaState } from '../../web/map/area-states.ts'
import { feedersOf, shownDead } from '../../web/map/layers/feeders.ts'
import { incident, minutesAgo, noon, snapshot } from './sketch.ts'

describe('areas on the map', () => {
  it('shows the gravest of the incidents that an area belongs to', () => {
    const states = stateOfAreas(
      [
        incident({ id: 'i1', status: 'suspected', transformer_ids: ['T1', 'T2'] }),
        incident({ id: 'i2', status: 'confirmed', transformer_ids: ['T2'] }),
      ],
      noon,
    )
    expect([...states]).toEqual([
      ['T1', 'suspected'],
      ['T2', 'confirmed'],
    ])
  })

  it('leaves an area plain whose trouble lies below its transformer: the others in it are supplied', () => {
    const below = incident({ id: 'i1', equipment: { id: 'B1', kind: 'meter_box' } })
    expect(stateOfAreas([below], noon).size).toBe(0)
  })

  it('keeps an area whose restoration is verified marked for half an hour', () => {
    const back = (minutes: number) =>
      incident({ id: 'i1', status: 'restored', restored_at: minutesAgo(minutes), verified_at: minutesAgo(minutes) })
    expect(stateOfAreas([back(20)], noon).get('T1')).toBe('restored')
    expect(stateOfAreas([back(40)], noon).size).toBe(0)
  })

  it('changes only what differs', () => {
    const before = new Map<string, AreaState>([
      ['T1', 'confirmed'],
      ['T2', 'probable'],
      ['T3', 'suspected'],
    ])
    const after = new Map<string, AreaState>([
      ['T1', 'confirmed'],
      ['T2', 'confirmed'],
    ])
    expect(differenceOf(before, after)).toEqual({ set: [['T2', 'confirmed']], clear: ['T3'] })
  })

  it('draws a line dead as surely as the surest of its incidents', () => {
    const dead = [
      { incident_id: 'i1', certain: true, equipment_ids: ['L1', 'L2'] },
      { incident_id: 'i2', certain: false, equipment_ids: ['L2', 'L3'] },
    ]
    expect([...shownDead(dead)]).toEqual([
      ['L1', 'certain'],
      ['L2', 'certain'],
      ['L3', 'guessed'],
    ])
  })

  it('looks for dead lines only on the feeders of their incidents', () => {
    const incidents = new Map([['i1', incident({ id: 'i1', feeder_id: 'F9' })]])
    const dead = ['i1', 'gone'].map((incident_id) => ({ incident_id, certain: true, equipment_ids: ['L1'] }))
    expect(feedersOf(dead, incidents)).toEqual(['F9'])
  })

  it('asks for them anew only when an incident above the transformers has changed', () => {
    const pictureWith = (...incidents: ReturnType<typeof incident>[]) => pictureOf(snapshot({ incidents }))
    const recloser = incident({ id: 'i1', equipment: { id: 'R', kind: 'recloser' }, version: 3 })
    const below = incident({ id: 'i2', equipment: { id: 'T1', kind: 'transformer' } })
    expect(deadKeyOf(pictureWith(recloser, below))).toBe('i1:3')
    expect(deadKeyOf(pictureWith({ ...recloser, status: 'restored' }, below))).toBe('')
  })
})
