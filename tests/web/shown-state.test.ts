import { describe, expect, it } from 'vitest'
import { shownStateOf } from '../../web/live/shown-state.ts'
import { stateOfAreas } from '../../web/map/area-states.ts'
import { marksOf } from '../../web/map/layers/incidents.ts'
import { pictureOf } from '../../web/live/picture.ts'
import { addToFeed, startFeed } from '../../web/wall/feed.ts'
import { event, incident, minutesAgo, noon, snapshot } from './sketch.ts'

const said = incident({ id: 'i1', status: 'restored', restored_at: minutesAgo(5), customers_out: 0 })
const verified = { ...said, verified_at: minutesAgo(1) }

describe('what an incident is shown as', () => {
  it('is restored only once that is verified; until then supply should be back', () => {
    expect(shownStateOf(said)).toBe('unverified')
    expect(shownStateOf(verified)).toBe('restored')
    expect(shownStateOf({ ...said, status: 'closed' })).toBe('closed')
  })

  it('is a hazard before all, until it is dealt with', () => {
    const wire = incident({ id: 'w', hazard: true, status: 'probable' })
    expect(shownStateOf(wire)).toBe('hazard')
    expect(shownStateOf({ ...wire, status: 'restored' })).toBe('restored')
  })

  it('is so on the map as well: no tick and no green before the verification', () => {
    const markOf = (one: typeof said) => marksOf([one], null, noon).features[0]?.properties.state
    expect([markOf(said), markOf(verified)]).toEqual(['unverified', 'restored'])
    expect(stateOfAreas([said], noon).get('T1')).toBe('partly_restored')
    expect(stateOfAreas([verified], noon).get('T1')).toBe('restored')
  })

  it('is news twice on the wall: when supply should be back, and when that is verified', () => {
    const picture = pictureOf(snapshot({ incidents: [verified] }))
    const lines = addToFeed(
      [],
      [event(11, { step: 'restored', data: said }), event(12, { step: 'verified', data: verified })],
      picture,
    )
    expect(lines.map(({ step }) => step)).toEqual(['verified', 'restored'])
    expect(startFeed(picture).map(({ step }) => step)).toEqual(['verified', 'restored', 'opened'])
  })
})
