// The environment, read once. A value that cannot be used stops the start with one line that says what would be right.
import path from 'node:path'
import { readTrustedProxies, type TrustedProxies } from './access/index.ts'
import type { BaseMapChoice } from './network/index.ts'
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
  trustedProxies: TrustedProxies
  baseMap: BaseMapChoice | null
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
    trustedProxies: readProxies(variables['RELIGHT_TRUST_PROXY'] || '0'),
    baseMap: readBaseMap(variables),
  }
}

function readProxies(text: string): TrustedProxies {
  const proxies = readTrustedProxies(text)
  if (proxies !== undefined) return proxies
  throw new StartRefusal(
    `RELIGHT_TRUST_PROXY=${text} cannot be used: it would be how many reverse proxies stand before it, 0 to 10, or their addresses, as 10.0.0.0/8,192.0.2.7`,
  )
}

/** The utility's own map beneath ours, by whichever of three ways it is named; null where by none. */
function readBaseMap(variables: Record<string, string | undefined>): BaseMapChoice | null {
  const ways = ['RELIGHT_BASE_TILES', 'RELIGHT_BASE_PMTILES', 'RELIGHT_BASE_STYLE'].filter((way) => variables[way])
  if (ways.length > 1) throw new StartRefusal(`${ways.join(' and ')} name two base maps: it would be one of them`)
  const crs = variables['RELIGHT_BASE_CRS'] ?? 'wgs84'
  if (crs !== 'wgs84' && crs !== 'gcj02')
    throw new StartRefusal(`RELIGHT_BASE_CRS=${crs} cannot be used: it would be wgs84 or gcj02`)
  const attribution = variables['RELIGHT_BASE_ATTRIBUTION'] ?? ''
  const file = variables['RELIGHT_BASE_PMTILES']
  if (file) return { kind: 'archive', file: path.resolve(file), crs, attribution }
  const style = variables['RELIGHT_BASE_STYLE']
  if (style && !/^https?:\/\//.test(style))
    throw new StartRefusal(
      `RELIGHT_BASE_STYLE=${style} cannot be used: it would be an http address, as https://maps.example/style.json`,
    )
  if (style) return { kind: 'style', style, attribution }
  const tiles = variables['RELIGHT_BASE_TILES']
  return tiles ? { kind: 'tiles', tiles: checkedTiles(tiles), crs, maxzoom: readMaxzoom(variables), attribution } : null
}

function checkedTiles(tiles: string): string {
  if (/^https?:\/\//.test(tiles) && ['{z}', '{x}', '{y}'].every((part) => tiles.includes(part))) return tiles
  throw new StartRefusal(
    `RELIGHT_BASE_TILES=${tiles} cannot be used: it would be an http address with {z}, {x} and {y}, as https://maps.example/{z}/{x}/{y}.png`,
  )
}

function readMaxzoom(variables: Record<string, string | undefined>): number {
  const maxzoom = Number(variables['RELIGHT_BASE_MAXZOOM'] ?? 18)
  if (Number.isInteger(maxzoom) && maxzoom >= 1 && maxzoom <= 22) return maxzoom
  throw new StartRefusal(
    `RELIGHT_BASE_MAXZOOM=${variables['RELIGHT_BASE_MAXZOOM']} cannot be used: it would be a whole number from 1 to 22`,
  )
}
