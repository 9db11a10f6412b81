// The collections of the OGC API: areas that are out, districts, planned outages. Areas and never points; no count under five;
// ground with fewer than five customers goes by its district without a shape.
import type { MultiPolygon, Polygon } from 'geojson'
import type { PublicPages } from '../customers/index.ts'
import type { Database } from '../database/index.ts'
import type { Item } from './ogc-query.ts'

export const collections = {
  incidents: {
    title: '停电事件 Incidents',
    description: 'Areas that are out of supply, or came back in the last three hours',
    timed: true,
  },
  districts: {
    title: '行政区 Districts',
    description: 'Administrative districts, with the customers served in each',
    timed: false,
  },
  planned_outages: {
    title: '计划停电 Planned outages',
    description: 'Losses of supply announced ahead, from a week ago on',
    timed: true,
  },
} as const
export type CollectionId = keyof typeof collections

type Sources = { database: Database; pages: PublicPages; now(): Date }
type Shape = Polygon | MultiPolygon

/** Counts from here on may be said, as on the public pages. */
const smallest = 5
const countOf = (count: number) => (count === 0 || count >= smallest ? count : null)

/** All features of a collection, in a steady order. */
export function readCollection(id: CollectionId, sources: Sources): Promise<Item[]> {
  return id === 'incidents' ? incidents(sources) : id === 'districts' ? districts(sources) : planned(sources)
}

async function incidents({ pages }: Sources): Promise<Item[]> {
  const { features } = await pages.state()
  return features.features.map(({ properties, geometry }) => ({
    feature: { type: 'Feature', id: properties.id, geometry, properties },
    from: new Date(properties.started_at),
    to: properties.restored_at === null ? null : new Date(properties.restored_at),
  }))
}

type DistrictRow = {
  code: string
  name: string
  kind: string
  parent: string | null
  shape: Shape
  customers: number
}

async function districts({ database }: Sources): Promise<Item[]> {
  const rows = await database.replica.rows<DistrictRow>('exchange/read_districts')
  return rows.map(({ shape, customers, ...properties }) => ({
    feature: {
      type: 'Feature',
      id: properties.code,
      geometry: shape,
      properties: { ...properties, customers: countOf(customers) },
    },
    from: null,
    to: null,
  }))
}

type PlannedGroundRow = {
  id: string
  starts_at: Date
  ends_at: Date
  reason: string | null
  state: string
  places: string[]
  district: string | null
  customers: number
  shape: Shape | null
}

async function planned({ database, now }: Sources): Promise<Item[]> {
  const rows = await database.replica.rows<PlannedGroundRow>('exchange/list_planned_ground', { at: now() })
  return rows.map(({ id, starts_at, ends_at, reason, state, places, district, customers, shape }) => {
    const shown = customers >= smallest
    return {
      feature: {
        type: 'Feature',
        id,
        geometry: shown ? shape : null,
        properties: {
          id,
          starts_at: starts_at.toISOString(),
          ends_at: ends_at.toISOString(),
          reason,
          state,
          places: shown ? places : [],
          district,
          customers: countOf(customers),
        },
      },
      from: starts_at,
      to: ends_at,
    }
  })
}
