// What OpenStreetMap's tags say about driving along a way: whether a van may, how fast, and in which direction.

/** km/h that a van makes of a road of each class where no limit is posted; a class not named here is not driven. */
const speedOfClass: Record<string, number> = {
  motorway: 100,
  trunk: 80,
  primary: 60,
  secondary: 50,
  tertiary: 40,
  unclassified: 35,
  residential: 25,
  living_street: 15,
  service: 15,
  track: 15,
  road: 25,
  motorway_link: 60,
  trunk_link: 50,
  primary_link: 40,
  secondary_link: 35,
  tertiary_link: 30,
}

/** Share of a posted limit that is driven on the average. */
const shareOfLimit = 0.85
const mile_km = 1.609344
/** Limits that no road has, from mistyped tags, are not believed. */
const [slowestLimit_kmh, fastestLimit_kmh] = [5, 140]

/** How a way is driven: `forward` in the order of its nodes only, `backward` against it only. */
export type RoadTags = { class: string; speed_kmh: number; direction: 'both' | 'forward' | 'backward'; name: string }

function speedLimit_kmh(text: string | undefined): number | null {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(mph|km\/h|kmh)?$/.exec(text?.trim() ?? '') ?? []
  if (number === undefined) return null
  const limit_kmh = Number(number) * (unit === 'mph' ? mile_km : 1)
  return limit_kmh >= slowestLimit_kmh && limit_kmh <= fastestLimit_kmh ? limit_kmh : null
}

function directionOf(tags: ReadonlyMap<string, string>): RoadTags['direction'] {
  const oneway = tags.get('oneway')
  if (oneway === '-1' || oneway === 'reverse') return 'backward'
  if (oneway === 'yes' || oneway === 'true' || oneway === '1') return 'forward'
  if (oneway === 'no' || oneway === 'false' || oneway === '0') return 'both'
  const isRound = tags.get('junction') === 'roundabout' || tags.get('junction') === 'circular'
  return isRound || tags.get('highway') === 'motorway' ? 'forward' : 'both'
}

/** How a van drives the way, or null where it does not: paths, ferries, squares, and roads closed to everybody. */
export function readRoadTags(tags: ReadonlyMap<string, string>): RoadTags | null {
  const roadClass = tags.get('highway')
  const usual_kmh = roadClass === undefined ? undefined : speedOfClass[roadClass]
  if (roadClass === undefined || usual_kmh === undefined) return null
  if (tags.get('route') === 'ferry' || tags.get('area') === 'yes') return null
  if (['no', 'private'].includes(tags.get('access') ?? '') || tags.get('motor_vehicle') === 'no') return null
  const limit_kmh = speedLimit_kmh(tags.get('maxspeed'))
  return {
    class: roadClass,
    speed_kmh: limit_kmh === null ? usual_kmh : limit_kmh * shareOfLimit,
    direction: directionOf(tags),
    name: tags.get('name') ?? '',
  }
}
