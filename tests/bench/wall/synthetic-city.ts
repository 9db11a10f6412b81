// A city drawn by rule for the wall's benchmark: square areas in a lattice of streets, incidents and crews on them, seeded.
import { geoJSONToTile } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import type { Feature, FeatureCollection, Polygon } from 'geojson'
import type { CrewView } from '../../../server/contract/assignments.ts'
import type { IncidentSummary } from '../../../server/contract/incidents.ts'
import type { Snapshot } from '../../../server/contract/live.ts'
import { crew, incident, snapshot } from '../../web/sketch.ts'

const across = 200
const pitch = 0.003
const west = 112.9
const south = 22.4
const districts = 10
/** A block is a little smaller than its pitch: streets lie between. */
const block = 0.0026

export type City = {
  snapshot: Snapshot
  areas: FeatureCollection
  draw(z: number, x: number, y: number): Uint8Array | null
}

/** Mulberry32: small, seeded, even enough to place things. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const cornerOf = (index: number) => ({
  lon: west + (index % across) * pitch,
  lat: south + Math.floor(index / across) * pitch,
})

function square(lon: number, lat: number, width: number, height = width): Polygon {
  const [east, north] = [lon + width, lat + height]
  return {
    type: 'Polygon',
    coordinates: [
      [
        [lon, lat],
        [east, lat],
        [east, north],
        [lon, north],
        [lon, lat],
      ],
    ],
  }
}

const collect = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features })

/** The areas of one incident: `each` neighbours from a place of its own. */
export const areasOf = (index: number, each: number, areas: number): string[] =>
  Array.from({ length: each }, (_, k) => `T${(index * each + k) % areas}`)

export function makeIncident(index: number, areas: number, random: () => number, each = 3): IncidentSummary {
  const transformer_ids = areasOf(index, each, areas)
  const { lon, lat } = cornerOf(Number(transformer_ids[0]!.slice(1)))
  const customers = 5 + Math.floor(random() * 120)
  const now = new Date().toISOString()
  return incident({
    id: `inc_${index}`,
    number: index,
    status: (['suspected', 'probable', 'confirmed', 'partly_restored'] as const)[Math.floor(random() * 4)]!,
    equipment: { id: `E${index}`, kind: 'transformer' },
    district_code: `d${index % districts}`,
    place: `d${index % districts} #${index}`,
    location: { lon: lon + block / 2, lat: lat + block / 2 },
    transformer_ids,
    customers_affected: customers,
    customers_out: customers,
    started_at: new Date(Date.now() - random() * 4 * 3_600_000).toISOString(),
    updated_at: now,
  })
}

export function makeCrew(index: number, random: () => number): CrewView {
  const moving = index % 10 !== 0
  return crew({
    id: `crew-${index}`,
    name: `crew ${index}`,
    status: moving ? 'en_route' : 'available',
    location: { lon: west + random() * across * pitch, lat: south + random() * 150 * pitch },
    assignment_id: moving ? `asg_${index}` : null,
    incident_id: moving ? `inc_${index}` : null,
    position_at: new Date().toISOString(),
  })
}

export function makeCity(size: { areas: number; incidents: number; crews: number }, seed: number): City {
  const random = randomFrom(seed)
  const rows = Math.ceil(size.areas / across)
  const areas = collect(
    Array.from({ length: size.areas }, (_, index) => {
      const { lon, lat } = cornerOf(index)
      return { type: 'Feature', properties: { transformer_id: `T${index}` }, geometry: square(lon, lat, block) }
    }),
  )
  const height = (rows * pitch) / districts
  const ground = collect(
    Array.from({ length: districts }, (_, d) => ({
      type: 'Feature',
      properties: { code: `d${d}`, name: `District ${d}` },
      geometry: square(west, south + d * height, across * pitch, height),
    })),
  )
  const incidents = Array.from({ length: size.incidents }, (_, index) => makeIncident(index, size.areas, random))
  const out = incidents.reduce((sum, one) => sum + one.customers_out, 0)
  const layers: Record<string, FeatureCollection> = { areas, districts: ground }
  return {
    areas,
    snapshot: snapshot({
      at: new Date().toISOString(),
      network: {
        name: 'synthetic',
        timezone: 'Asia/Shanghai',
        bbox: [west, south, west + across * pitch, south + rows * pitch],
      },
      districts: Array.from({ length: districts }, (_, d) => ({ code: `d${d}`, name: `District ${d}`, kind: 'urban' })),
      incidents,
      crews: Array.from({ length: size.crews }, (_, index) => makeCrew(index, random)),
      counts: { ...snapshot().counts, customers: 1_780_000, customers_out: out, incidents_open: incidents.length },
    }),
    draw(z, x, y) {
      const tiles = Object.entries(layers).flatMap(([layer, drawn]) => {
        const tile = geoJSONToTile(drawn, z, x, y, { clip: true, tolerance: 0 })
        return tile.features.length === 0 ? [] : [[layer, tile] as const]
      })
      return tiles.length === 0 ? null : fromGeojsonVt(Object.fromEntries(tiles), { version: 2, extent: 4096 })
    },
  }
}
