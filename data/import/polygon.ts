// Reads the polygon of a GeoJSON feature (RFC 7946) into the EWKT that PostGIS stores.
import type { Convert } from './crs.ts'

const right = 'a Polygon or MultiPolygon of closed rings in degrees would be right'

/** Thrown inside this module only; its message is what is wrong. */
class WrongPolygon extends Error {}

function placeOf(value: unknown, convert: Convert): string {
  const [lon, lat] = Array.isArray(value) ? (value as unknown[]) : []
  if (typeof lon !== 'number' || typeof lat !== 'number') throw new WrongPolygon('a place in it is no pair of numbers')
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) throw new WrongPolygon(`${lon}, ${lat} is off the planet`)
  const [x, y] = convert ? convert([lon, lat]) : [lon, lat]
  return `${x} ${y}`
}

function ringOf(value: unknown, convert: Convert): string {
  if (!Array.isArray(value) || value.length < 4) throw new WrongPolygon('a ring of it has fewer than four places')
  const places = value.map((place) => placeOf(place, convert))
  if (places[0] !== places.at(-1)) throw new WrongPolygon('a ring of it does not end where it begins')
  return `(${places.join(',')})`
}

function polygonOf(value: unknown, convert: Convert): string {
  if (!Array.isArray(value) || value.length === 0) throw new WrongPolygon('it has no ring')
  return `(${value.map((ring) => ringOf(ring, convert)).join(',')})`
}

/** The EWKT of a feature's geometry, or what is wrong with it and what would be right. */
export function readPolygon(geometry: unknown, convert: Convert): { ewkt: string } | { reason: string } {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown }
  try {
    if (type === 'Polygon') return { ewkt: `SRID=4326;POLYGON${polygonOf(coordinates, convert)}` }
    if (type !== 'MultiPolygon') throw new WrongPolygon(`its type is ${JSON.stringify(type ?? null)}`)
    if (!Array.isArray(coordinates) || coordinates.length === 0) throw new WrongPolygon('it has no polygon')
    return { ewkt: `SRID=4326;MULTIPOLYGON(${coordinates.map((each) => polygonOf(each, convert)).join(',')})` }
  } catch (reason) {
    if (!(reason instanceof WrongPolygon)) throw reason
    return { reason: `the geometry cannot be used, ${reason.message}; ${right}` }
  }
}
