// Reads the WKT that a line of equipment or a road is drawn with. A device drawn as a point becomes a line of no length, and
// parts of a line are strung together in order, since the map only wants to know where it runs.
import type { ColumnKind } from './columns.ts'

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const shape = /^\s*(?:SRID=4326;)?(POINT|LINESTRING|MULTILINESTRING)\s*(?:Z|M|ZM)?\s*\((.*)\)\s*$/i

/** The places of a WKT POINT, LINESTRING or MULTILINESTRING as lon, lat pairs; null where it is anything else or off the planet. */
export function readWkt(wkt: string): [number, number][] | null {
  const [, kind = '', inside = ''] = shape.exec(wkt) ?? []
  if (kind === '') return null
  const flat = kind.toUpperCase() === 'MULTILINESTRING' ? joinedParts(inside) : inside
  if (flat === null || /[()]/.test(flat)) return null
  const places: [number, number][] = []
  for (const pair of flat.split(',')) {
    const [lon = '', lat = '', ...more] = pair.trim().split(/\s+/)
    if (!decimal.test(lon) || !decimal.test(lat) || more.length > 2 || !more.every((each) => decimal.test(each)))
      return null
    if (Math.abs(Number(lon)) > 180 || Math.abs(Number(lat)) > 90) return null
    places.push([Number(lon), Number(lat)])
  }
  if (kind.toUpperCase() === 'POINT') return places.length === 1 ? [places[0]!, places[0]!] : null
  return places.length >= 2 ? places : null
}

/** `(a, b), (c, d)` → `a, b, c, d` */
function joinedParts(inside: string): string | null {
  const parts = [...inside.matchAll(/\(([^()]*)\)/g)].map((part) => part[1]!)
  return parts.length > 0 && /^[\s,]*$/.test(inside.replace(/\([^()]*\)/g, '')) ? parts.join(',') : null
}

/** The EWKT that PostGIS stores. */
export function lineStringOf(places: [number, number][]): string {
  return `SRID=4326;LINESTRING(${places.map(([lon, lat]) => `${lon} ${lat}`).join(',')})`
}

/** A WKT cell, stored as an EWKT LINESTRING. */
export const lineString: ColumnKind = {
  read: (text) => {
    const places = readWkt(text)
    return places && lineStringOf(places)
  },
  right: 'a WKT LINESTRING of "lon lat" pairs in degrees',
}
