// Draws one tile from the database. The database encodes it where it can (ST_AsMVT); the embedded one, built without
// protobuf, gives the same rows and they are clipped and encoded here. Both draw from the same SQL functions.
import { geoJSONToTile } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import type { Feature, Geometry } from 'geojson'
import type { Database } from '../../database/index.ts'
import type { TileAddress } from './address.ts'
import type { Layer } from './layers.ts'

/** The bytes of a tile; empty where there is nothing. */
export type DrawTile = (layer: Layer, address: TileAddress) => Promise<Uint8Array>

const nothing = new Uint8Array()

/** How this kind of database draws. */
export function drawOn(database: Database): DrawTile {
  const encode = database.kind === 'server' ? drawByDatabase : drawHere
  return async (layer, address) => (address.z < layer.minzoom ? nothing : encode(database, layer, address))
}

async function drawByDatabase(database: Database, layer: Layer, address: TileAddress): Promise<Uint8Array> {
  const { tile } = await database.replica.one<{ tile: Buffer }>(`tiles/${layer.id}_mvt`, address)
  return tile
}

type Row = { properties: Record<string, string | number | boolean | null>; geometry: Geometry | null }

async function drawHere(database: Database, layer: Layer, address: TileAddress): Promise<Uint8Array> {
  const rows = await database.replica.rows<Row>(`tiles/${layer.id}_rows`, address)
  const features = rows.flatMap(({ properties, geometry }): Feature[] =>
    geometry ? [{ type: 'Feature', properties: withoutNulls(properties), geometry }] : [],
  )
  const { z, x, y } = address
  // The rows are simplified already: a tolerance here would tear the seams between neighbours once more.
  const tile = geoJSONToTile({ type: 'FeatureCollection', features }, z, x, y, { clip: true, tolerance: 0 })
  return tile.features.length === 0 ? nothing : fromGeojsonVt({ [layer.id]: tile }, { version: 2, extent: 4096 })
}

/** A tile has no null: ST_AsMVT leaves the property out, and so does this. */
function withoutNulls(properties: Row['properties']): Row['properties'] {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null))
}
