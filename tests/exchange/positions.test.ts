import { expect, test } from 'vitest'
import { readOsmandJson, readOsmandQuery, readOwntracks } from '../../server/exchange/positions.ts'

const at = '2026-07-01T06:00:00.000Z'

test('an OsmAnd query says degrees, Unix seconds and knots', () => {
  const heard = readOsmandQuery({
    id: 'C1',
    lat: '22.5',
    lon: '113.1',
    timestamp: '1782885600',
    speed: '10',
    bearing: '361',
    accuracy: '8.5',
  })
  expect(heard.device_ids).toEqual(['C1'])
  expect(heard.positions).toEqual([
    { at, lat: 22.5, lon: 113.1, accuracy_m: 8.5, speed_mps: expect.closeTo(5.1444, 4) as number, heading: 1 },
  ])
})

test('OsmAnd instants may be milliseconds, ISO 8601 or plain text in UTC; none is made up', () => {
  const atOf = (timestamp?: string) =>
    readOsmandQuery({ deviceid: 'C1', location: '22.5,113.1', ...(timestamp ? { timestamp } : {}) }).positions[0]!.at
  expect(atOf('1782885600000')).toBe(at)
  expect(atOf('2026-07-01T14:00:00+08:00')).toBe(at)
  expect(atOf('2026-07-01 06:00:00')).toBe(at)
  expect(atOf()).toBeUndefined()
  expect(() => atOf('yesterday')).toThrow(/timestamp/)
})

test('a fix that the receiver itself calls invalid is no position', () => {
  expect(readOsmandQuery({ id: 'C1', lat: '0', lon: '0', valid: 'false' }).positions).toEqual([])
})

test('the Traccar client’s JSON says metres a second, and less than nothing for what it does not know', () => {
  const location = { timestamp: at, coords: { latitude: 22.5, longitude: 113.1, accuracy: 5, speed: -1, heading: -1 } }
  expect(readOsmandJson({ device_id: 'C1', location })).toEqual({
    device_ids: ['C1'],
    positions: [{ at, lat: 22.5, lon: 113.1, accuracy_m: 5 }],
  })
  expect(readOsmandJson({ device_id: 'C1', location: [location, location] }).positions).toHaveLength(2)
})

test('OwnTracks says km/h, and names its device by header, topic, user and tid in that order', () => {
  const said = { _type: 'location', lat: 22.5, lon: 113.1, tst: 1782885600, vel: 36, cog: 90, acc: 12, tid: 'JJ' }
  const heard = readOwntracks({ ...said, topic: 'owntracks/zhang/C1' }, { user: 'li', device: 'phone' })
  expect(heard.device_ids).toEqual(['phone', 'C1', 'li', 'zhang', 'JJ'])
  expect(heard.positions).toEqual([{ at, lat: 22.5, lon: 113.1, accuracy_m: 12, speed_mps: 10, heading: 90 }])
  expect(readOwntracks({ _type: 'transition', lat: 1, lon: 2 }, {}).positions).toEqual([])
  expect(() => readOwntracks({ _type: 'encrypted', data: '' }, {})).toThrow(/encryption key/)
})

test('what cannot be a place is refused by its name', () => {
  expect(() => readOsmandQuery({ id: 'C1', lat: '95', lon: '113' })).toThrow(/^lat/)
  expect(() => readOsmandQuery({ id: 'C1', lat: '22' })).toThrow(/^lon/)
  expect(() => readOsmandQuery({ lat: '22', lon: '113' })).toThrow(/^id/)
  expect(() => readOsmandJson({ device_id: 'C1', location: { coords: { latitude: 'x', longitude: 1 } } })).toThrow(
    /^lat/,
  )
  expect(() => readOsmandJson(null)).toThrow(/^device_id/)
})
