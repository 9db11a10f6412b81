// Reads the one shape that a road or a line of equipment is drawn with in the import formats: a WKT LINESTRING.

/** `LINESTRING(lon lat, …)` as lon, lat, lon, lat …, or null where it is anything else or off the planet. */
export function parseLineString(text: string): number[] | null {
  const inside = /^\s*LINESTRING\s*(?:Z\s*)?\(([^()]*)\)\s*$/i.exec(text)?.[1]
  if (inside === undefined) return null
  const shape: number[] = []
  for (const point of inside.split(',')) {
    const [lon, lat] = point.trim().split(/\s+/).map(Number)
    if (lon === undefined || lat === undefined || !(Math.abs(lon) <= 180) || !(Math.abs(lat) <= 90)) return null
    shape.push(lon, lat)
  }
  return shape.length >= 4 ? shape : null
}
