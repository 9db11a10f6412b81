// The travel time where no road says better: straight line times a detour factor at an ordinary speed.
import { distance_m, type LonLat } from './ground.ts'

/** Road distance over straight distance in towns (1.2 to 1.5 in published surveys); it is named so that a screen can say it. */
export const detourFactor = 1.4
/** What a repair van averages through a town, stops included. */
export const straightLineSpeed_mps = 30 / 3.6

/** Drive between two points that no road connects, `distance_m` with the detour in it. */
export function straightLine(from: LonLat, to: LonLat): { travel_ms: number; distance_m: number } {
  const detour_m = distance_m(from, to) * detourFactor
  return { travel_ms: Math.round((detour_m / straightLineSpeed_mps) * 1000), distance_m: detour_m }
}
