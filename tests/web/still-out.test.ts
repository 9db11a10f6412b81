import { describe, expect, it } from 'vitest'
import { buildQueue } from '../../web/desk/queue.ts'
import { pictureOf } from '../../web/live/picture.ts'
import { stillOutIn } from '../../web/live/still-out.ts'
import { stateOfAreas } from '../../web/map/area-states.ts'
import { marksOf } from '../../web/map/layers/incidents.ts'
import { incident, minutesAgo, noon, snapshot } from './sketch.ts'

const back = incident({ id: 'back', number: 1, status: 'restored', restored_at: minutesAgo(5), customers_out: 0 })
const still = incident({
  id: 'still',
  number: 2,
  status: 'suspected',
  parent_id: 'back',
  equipment: { id: 'P9', kind: 'service_point' },
  customers_out: 1,
})

describe('customers who are still out after a restoration', () => {
  it('wait in the queue for a crew, before larger outages and after hazards', () => {
    const large = incident({ id: 'large', number: 3, customers_out: 5000 })
    const wire = incident({ id: 'wire', number: 4, hazard: true, customers_out: 0 })
    const picture = pictureOf(snapshot({ incidents: [back, large, still, wire] }))
    const rows = buildQueue(picture, [], [], noon).map(({ id, group }) => [id, group])
    expect(rows).toEqual([
      ['wire', 'decide'],
      ['still', 'decide'],
      ['large', 'decide'],
      ['back', 'close'],
    ])
  })

  it('are named in the incident that was restored, until they have supply', () => {
    expect(stillOutIn([back, still], 'back').map(({ id }) => id)).toEqual(['still'])
    expect(stillOutIn([back, { ...still, status: 'restored' }], 'back')).toEqual([])
    expect(stillOutIn([back, { ...still, status: 'cancelled', merged_into: 'large' }], 'back')).toEqual([])
  })

  it('have a mark on the map in place of the tick of what was restored', () => {
    const idsOf = (incidents: (typeof still)[]) =>
      marksOf(incidents, null, noon).features.map(({ properties }) => properties.id)
    expect(idsOf([back, still])).toEqual(['still'])
    expect(idsOf([back, { ...still, status: 'cancelled' }])).toEqual(['back'])
  })

  it('colour their area as out, however small what failed', () => {
    expect([...stateOfAreas([back, still], noon)]).toEqual([['T1', 'suspected']])
    expect([...stateOfAreas([back, { ...still, parent_id: null }], noon)]).toEqual([['T1', 'partly_restored']])
  })
})
