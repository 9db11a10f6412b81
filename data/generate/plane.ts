// A flat map in metres around the middle of the generated city, on which everything is laid out, and the way back to degrees.
// Off by at most one per cent at the far ends of Jiangmen; lengths that leave the generator are measured on the sphere.

export type Point = { x: number; y: number }

export type Plane = {
  lonOf(x: number): number
  latOf(y: number): number
  pointOf(lon: number, lat: number): Point
  /** `113.1234567,22.1234567` for a CSV row. */
  columns(x: number, y: number): string
  /** `113.1234567 22.1234567` for WKT. */
  wkt(x: number, y: number): string
  position(x: number, y: number): [number, number]
  /** Great-circle metres between two points of the plane. */
  distance_m(from: Point, to: Point): number
}

const metresPerDegree = 111_194.9

export function createPlane(lon: number, lat: number): Plane {
  const metresPerLon = metresPerDegree * Math.cos((lat * Math.PI) / 180)
  const lonOf = (x: number) => lon + x / metresPerLon
  const latOf = (y: number) => lat + y / metresPerDegree
  return {
    lonOf,
    latOf,
    pointOf: (pointLon, pointLat) => ({ x: (pointLon - lon) * metresPerLon, y: (pointLat - lat) * metresPerDegree }),
    columns: (x, y) => `${lonOf(x).toFixed(7)},${latOf(y).toFixed(7)}`,
    wkt: (x, y) => `${lonOf(x).toFixed(7)} ${latOf(y).toFixed(7)}`,
    position: (x, y) => [Number(lonOf(x).toFixed(7)), Number(latOf(y).toFixed(7))],
    distance_m(from, to) {
      const middle = ((latOf(from.y) + latOf(to.y)) * Math.PI) / 360
      return Math.hypot(((to.x - from.x) / metresPerLon) * metresPerDegree * Math.cos(middle), to.y - from.y)
    },
  }
}
