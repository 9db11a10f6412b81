import { describe, expect, it } from 'vitest'
import { differenceOf, stateOfAreas, type AreaState } from '../../web/map/area-states.ts'
import { deadFeeders } from '../../web/map/layers/feeders.ts'
import { incident, minutesAgo, noon } from './sketch.ts'

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

  it('draws a feeder dead only where its breaker is out', () => {
    const breaker = incident({ id: 'i1', equipment: { id: 'B', kind: 'breaker' }, feeder_id: 'F9' })
    expect(deadFeeders([breaker, incident({ id: 'i2' })])).toEqual(['F9'])
    expect(deadFeeders([{ ...breaker, status: 'restored' }])).toEqual([])
  })
})
