// What position protocols say, as positions of ours: OsmAnd as the Traccar client speaks it (query, form or JSON) and OwnTracks
// over HTTP. Pure: units are turned into metres a second and degrees, instants into ISO 8601. A position without an instant goes
// on without one, to be refused with its reason where all are sifted: answered 4xx, a client would send its batch for ever.
import { Refusal } from '../contract/refusal.ts'

export type ReadPosition = {
  at?: string
  lon: number
  lat: number
  accuracy_m?: number
  speed_mps?: number
  heading?: number
}

/** Who sent it, by the names that the device gave, likeliest first; and its positions. */
export type Heard = { device_ids: string[]; positions: ReadPosition[] }

const knot_mps = 1852 / 3600
const kmh_mps = 1 / 3.6
/** A phone that was offline sends its track at once; a day at one fix a second is past any of them. */
const mostPositions = 5000

const refuse = (path: string, message: string) => new Refusal('invalid', `${path}: ${message}`, [{ path, message }])

function numberOf(path: string, value: unknown): number | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN
  if (!Number.isFinite(number)) throw refuse(path, `a number, not ${JSON.stringify(value)}`)
  return number
}

/** Unix seconds or milliseconds, ISO 8601, or `yyyy-MM-dd HH:mm:ss` (UTC, as Traccar reads it). */
function instantOf(path: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const text = String(value).trim()
  const number = Number(text)
  const at = Number.isFinite(number)
    ? new Date(number < 1e11 ? number * 1000 : number)
    : new Date(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? `${text.replace(' ', 'T')}Z` : text)
  if (Number.isNaN(at.getTime())) throw refuse(path, 'Unix seconds or milliseconds, or ISO 8601')
  return at.toISOString()
}

type Said = {
  lat: unknown
  lon: unknown
  at: string | undefined
  accuracy_m: unknown
  speed_mps: unknown
  heading: unknown
}

function positionOf(said: Said): ReadPosition {
  const lat = numberOf('lat', said.lat)
  const lon = numberOf('lon', said.lon)
  if (lat === undefined || Math.abs(lat) > 90) throw refuse('lat', 'degrees from -90 to 90')
  if (lon === undefined || Math.abs(lon) > 180) throw refuse('lon', 'degrees from -180 to 180')
  const accuracy_m = numberOf('accuracy', said.accuracy_m)
  const speed_mps = numberOf('speed', said.speed_mps)
  const heading = numberOf('heading', said.heading)
  // Negative is how phones say "not known".
  return {
    ...(said.at !== undefined ? { at: said.at } : {}),
    lat,
    lon,
    ...(accuracy_m !== undefined && accuracy_m >= 0 ? { accuracy_m } : {}),
    ...(speed_mps !== undefined && speed_mps >= 0 ? { speed_mps } : {}),
    ...(heading !== undefined && heading >= 0 ? { heading: heading % 360 } : {}),
  }
}

const idOf = (value: unknown) =>
  (typeof value === 'string' || typeof value === 'number') && String(value).trim() !== '' ? [String(value).trim()] : []

/** The query or form of an OsmAnd request: speed in knots. */
export function readOsmandQuery(query: Record<string, string>): Heard {
  const device_ids = [...idOf(query['id']), ...idOf(query['deviceid'])]
  if (device_ids.length === 0) throw refuse('id', "the device's id: the crew's id or its tracker_id")
  if (query['valid'] === 'false' || query['valid'] === '0') return { device_ids, positions: [] }
  const [lat, lon] = query['location']?.split(',') ?? [query['lat'], query['lon']]
  const speed = numberOf('speed', query['speed'])
  const position = positionOf({
    lat,
    lon,
    at: instantOf('timestamp', query['timestamp']),
    accuracy_m: query['accuracy'],
    speed_mps: speed === undefined ? undefined : speed * knot_mps,
    heading: query['bearing'] ?? query['heading'],
  })
  return { device_ids, positions: [position] }
}

type Loose = Record<string, unknown>
const looseOf = (value: unknown): Loose => (typeof value === 'object' && value !== null ? (value as Loose) : {})

/** The JSON that the Traccar client sends since version 9: `location` is one or a batch, speed in metres a second. */
export function readOsmandJson(body: unknown): Heard {
  const { location, device_id } = looseOf(body)
  const device_ids = idOf(device_id)
  if (device_ids.length === 0) throw refuse('device_id', "the device's id: the crew's id or its tracker_id")
  const locations = Array.isArray(location) ? location : [location]
  if (locations.length > mostPositions)
    throw new Refusal('too_large', `A batch may have ${mostPositions} positions; this one has ${locations.length}`)
  const positions = locations.map((each) => {
    const { timestamp, coords } = looseOf(each)
    const { latitude, longitude, accuracy, speed, heading } = looseOf(coords)
    return positionOf({
      lat: latitude,
      lon: longitude,
      at: instantOf('location.timestamp', timestamp),
      accuracy_m: accuracy,
      speed_mps: speed,
      heading,
    })
  })
  return { device_ids, positions }
}

/** What an OwnTracks phone posts: speed in km/h. Anything but a location has nothing for us and gives no position. */
export function readOwntracks(body: unknown, named: { user?: string | undefined; device?: string | undefined }): Heard {
  const { _type, lat, lon, tst, acc, vel, cog, tid, topic } = looseOf(body)
  if (_type === 'encrypted')
    throw refuse('_type', 'encrypted payloads cannot be read: switch the encryption key off and use https')
  const [, user, device] = typeof topic === 'string' ? topic.split('/') : []
  const device_ids = [named.device, device, named.user, user, tid].flatMap(idOf)
  if (_type !== 'location') return { device_ids, positions: [] }
  const speed_kmh = numberOf('vel', vel)
  const position = positionOf({
    lat,
    lon,
    at: instantOf('tst', tst),
    accuracy_m: acc,
    speed_mps: speed_kmh === undefined ? undefined : speed_kmh * kmh_mps,
    heading: cog,
  })
  return { device_ids, positions: [position] }
}
