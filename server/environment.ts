// The environment, read once. A value that cannot be used stops the start with one line that says what would be right.
import path from 'node:path'
import type { BaseMap } from './network/index.ts'
import { StartRefusal } from './database/index.ts'

export type Environment = {
  port: number
  host: string
  databaseUrl: string | null
  replicaUrl: string | null
  dataFolder: string
  demo: boolean
  exercise: boolean
  adminToken: string | null
  baseMap: BaseMap | null
}

/** Reads `variables`; throws StartRefusal. */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const port = Number(variables['PORT'] ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new StartRefusal(`PORT=${variables['PORT']} is no port: it would be a whole number from 0 to 65535`)
  const demo = variables['RELIGHT_DEMO'] ?? 'on'
  if (demo !== 'on' && demo !== 'off')
    throw new StartRefusal(`RELIGHT_DEMO=${demo} cannot be used: it would be on or off`)
  const exercise = variables['RELIGHT_EXERCISE'] ?? 'off'
  if (exercise !== 'on' && exercise !== 'off')
    throw new StartRefusal(`RELIGHT_EXERCISE=${exercise} cannot be used: it would be on or off`)
  const adminToken = variables['RELIGHT_ADMIN_TOKEN'] || null
  if (adminToken !== null && !/^[\x21-\x7e]+$/.test(adminToken))
    throw new StartRefusal(
      'RELIGHT_ADMIN_TOKEN cannot be sent as a bearer token: it would be ASCII letters, digits and signs without spaces',
    )
  return {
    port,
    host: variables['HOST'] || '127.0.0.1',
    databaseUrl: variables['DATABASE_URL'] || null,
    replicaUrl: variables['DATABASE_REPLICA_URL'] || null,
    dataFolder: path.resolve(variables['RELIGHT_DATA'] || '.relight'),
    demo: demo === 'on',
    exercise: exercise === 'on',
    adminToken,
    baseMap: readBaseMap(variables),
  }
}

/** Raster tiles of the utility's own beneath the map; null where none are named. */
function readBaseMap(variables: Record<string, string | undefined>): BaseMap | null {
  const tiles = variables['RELIGHT_BASE_TILES']
  if (!tiles) return null
  if (!/^https?:\/\//.test(tiles) || !['{z}', '{x}', '{y}'].every((part) => tiles.includes(part)))
    throw new StartRefusal(
      `RELIGHT_BASE_TILES=${tiles} cannot be used: it would be an http address with {z}, {x} and {y}, as https://maps.example/{z}/{x}/{y}.png`,
    )
  const crs = variables['RELIGHT_BASE_CRS'] ?? 'wgs84'
  if (crs !== 'wgs84' && crs !== 'gcj02')
    throw new StartRefusal(`RELIGHT_BASE_CRS=${crs} cannot be used: it would be wgs84 or gcj02`)
  const maxzoom = Number(variables['RELIGHT_BASE_MAXZOOM'] ?? 18)
  if (!Number.isInteger(maxzoom) || maxzoom < 1 || maxzoom > 22)
    throw new StartRefusal(
      `RELIGHT_BASE_MAXZOOM=${variables['RELIGHT_BASE_MAXZOOM']} cannot be used: it would be a whole number from 1 to 22`,
    )
  return { tiles, crs, maxzoom, attribution: variables['RELIGHT_BASE_ATTRIBUTION'] ?? '' }
}
