// Distances on the ground: a sphere for long ones, a flat local map for the few hundred metres around a point.

/** Radius of the earth in metres, as the roads' own lengths reckon with (the IUGG mean is 8.8 m more). */
const earthRadius_m = 6_371_000
const radians = Math.PI / 180
/** Metres in one degree of latitude, and of longitude on the equator. */
export const degree_m = earthRadius_m * radians

/** A point as a position gives it, WGS 84 degrees. */
export type LonLat = { lon: number; lat: number }

/** Great-circle distance in metres (haversine). */
export function distance_m(from: LonLat, to: LonLat): number {
  const half =
    Math.sin(((to.lat - from.lat) * radians) / 2) ** 2 +
    Math.cos(from.lat * radians) * Math.cos(to.lat * radians) * Math.sin(((to.lon - from.lon) * radians) / 2) ** 2
  return 2 * earthRadius_m * Math.asin(Math.min(1, Math.sqrt(half)))
}

/** How much shorter a degree of longitude is at `lat` than on the equator; never quite 0, so that it can be divided by. */
export function narrowing(lat: number): number {
  return Math.max(1e-9, Math.cos(lat * radians))
}

/** Length in metres of a step in degrees at latitude `lat`, on the flat local map. */
export function step_m(dLon: number, dLat: number, lat: number): number {
  return Math.hypot(dLon * narrowing(lat), dLat) * degree_m
}

/** Length in metres of a line of lon, lat pairs. */
export function lengthOf(shape: ArrayLike<number>): number {
  let length_m = 0
  for (let i = 2; i < shape.length; i += 2)
    length_m += step_m(shape[i]! - shape[i - 2]!, shape[i + 1]! - shape[i - 1]!, (shape[i + 1]! + shape[i - 1]!) / 2)
  return length_m
}
