// Gives crews that are not there yet their way again when roads were closed or opened: from where they are now, with the new
// time of arrival. What their promise was stays. Which ways are still to be given again is in the tables, so that a loop takes up
// what a server that stopped meanwhile has left.
import type { AssignmentView } from '../contract/assignments.ts'
import type { Queries } from '../database/index.ts'
import { readClosures } from '../roads/index.ts'
import type { DispatchDeps } from './candidates.ts'
import { tellAssignment } from './tell-assignment.ts'

/** More crews than any city has on the road at one time. */
const mostUnderWay = 1000
/** A drive that differs by less is the same drive. */
const sameTravel_s = 1

type UnderWay = {
  id: string
  status: AssignmentView['status']
  travel_s: number | null
  route: { coordinates: number[][] } | null
  lon: number
  lat: number
  to_lon: number
  to_lat: number
  version: number
}

/** Reckons each way again and tells of those that have changed; answers how many. One short transaction a crew. */
export async function reroute(deps: DispatchDeps, actor: string): Promise<number> {
  const underWay = await readUnderWay(deps.database)
  if (underWay.length === 0) return 0
  // A server whose roads have not followed yet leaves it to the next look: it would give the old way for the new one.
  const closures = await readClosures(deps.database)
  if (!deps.roads.hasClosed(closures.map(({ id }) => id))) return 0
  let changed = 0
  for (const each of underWay) {
    if (await rerouteOne(deps, each, actor)) changed++
    // Other requests get their turn between two routes.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return changed
}

const readUnderWay = (queries: Queries) => queries.rows<UnderWay>('dispatch/read_under_way', { limit: mostUnderWay })

async function rerouteOne(deps: DispatchDeps, one: UnderWay, actor: string): Promise<boolean> {
  const way = deps.roads.route({ lon: one.lon, lat: one.lat }, { lon: one.to_lon, lat: one.to_lat })
  const isSame =
    Math.abs(way.travel_s - (one.travel_s ?? -Infinity)) < sameTravel_s &&
    way.line.coordinates.length === one.route?.coordinates.length
  if (isSame) {
    await deps.database.touch('dispatch/keep_way', { id: one.id, version: one.version })
    return false
  }
  return deps.database.transaction(async (transaction) => {
    const put = await transaction.touch('dispatch/put_way', {
      id: one.id,
      status: one.status,
      travel_s: way.travel_s,
      distance_m: way.distance_m,
      method: way.method,
      arrives_at: new Date(deps.now().getTime() + way.travel_s * 1000),
      route: JSON.stringify(way.line),
      version: one.version,
    })
    if (put === 0) return false
    await tellAssignment(deps, transaction, one.id, 'rerouted', actor)
    return true
  })
}
