// What anyone may see of the incidents: areas, never points; no count under five; nothing that tells one household apart.
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import type { IncidentStatus, EstimateSource } from '../contract/incidents.ts'
import type { PlannedNow, PublicIncident, PublicSummary } from '../contract/public.ts'
import type { Says } from '../contract/shapes.ts'
import type { Queries } from '../database/index.ts'
import { publicCount, publicTotal, smallest } from './privacy.ts'
import { saysIncident } from '../status/index.ts'

export type PublicRow = {
  id: string
  status: IncidentStatus
  district_code: string | null
  district: string | null
  customers_affected: number
  customers_out: number
  started_at: Date
  restored_at: Date | null
  verified: boolean
  estimate_at: Date | null
  estimate_low: Date | null
  estimate_high: Date | null
  estimate_source: EstimateSource | null
  cause: string | null
  updated_at: Date
  crew: 'accepted' | 'en_route' | 'on_site' | 'finished' | null
  crew_arrives_at: Date | null
  transformer_ids: string[]
  names: string[]
  customers: number
}

export type Ground = { customers: number; districts: { code: string; name: string }[]; timezone: string; name: string }
export type Shape = Polygon | MultiPolygon
export type PublicState = {
  ground: Ground
  summary: PublicSummary
  features: FeatureCollection<Shape, PublicIncident>
  /** The incidents of each transformer that is out, or just back. */
  byTransformer: ReadonlyMap<string, PublicIncident[]>
}

const crewWords = { accepted: 'assigned', en_route: 'on_the_way', on_site: 'on_site', finished: 'done' } as const

/** One incident as anyone may see it at `now`. Where the ground itself has under five customers, it goes by its district. */
export function publicIncidentOf(row: PublicRow, timezone: string, now: Date): PublicIncident {
  const { estimate_at: at, estimate_low: low, estimate_high: high, estimate_source: source } = row
  const passed = at !== null && at <= now
  return {
    id: row.id,
    status: row.status,
    place: placeName(row),
    district: row.district,
    customers_out: publicCount(row.customers_out),
    started_at: row.started_at.toISOString(),
    restored_at: row.restored_at?.toISOString() ?? null,
    verified: row.verified,
    estimate:
      at === null || passed
        ? null
        : {
            at: at.toISOString(),
            low: (low ?? at).toISOString(),
            high: (high ?? at).toISOString(),
            source: source ?? 'prior',
          },
    ...(passed && row.status !== 'restored' ? { estimate_passed: true } : {}),
    crew: row.crew ? crewWords[row.crew] : 'none',
    cause: row.cause,
    says: saysOf(row, timezone, now),
    updated_at: row.updated_at.toISOString(),
  }
}

export function isShown(row: Pick<PublicRow, 'customers'>): boolean {
  return row.customers >= smallest
}

/** What a place is called in public: its areas, or only the district where so few live there that they could be told apart. */
export function placeName(row: Pick<PublicRow, 'names' | 'customers' | 'district'>): string {
  const [first] = row.names
  if (!isShown(row) || first === undefined) return row.district ?? '—'
  return row.names.length === 1 ? first : `${first}等${row.names.length}个台区`
}

/** What an incident's customers are told of it as a whole. */
export type ToldRow = Pick<
  PublicRow,
  | 'status'
  | 'started_at'
  | 'restored_at'
  | 'verified'
  | 'estimate_at'
  | 'estimate_low'
  | 'estimate_high'
  | 'updated_at'
  | 'crew'
  | 'crew_arrives_at'
>

/** The sentence of its customers; of an incident that is partly restored it is said for those who are still out. */
export function saysOf(row: ToldRow, timezone: string, now: Date): Says {
  const { status } = row
  const crew = row.crew === 'finished' ? null : row.crew
  const out = status === 'suspected' || status === 'probable' || status === 'confirmed' || status === 'partly_restored'
  const back_at = status === 'restored' ? (row.restored_at ?? row.updated_at) : null
  const says = saysIncident({ ...row, incident_status: out ? status : null, crew, back_at }, now, timezone)
  return status === 'partly_restored'
    ? {
        zh: `部分用户已恢复供电，其余${says.zh}`,
        en: `Part of it has supply again; the rest is ${says.en.charAt(0).toLowerCase()}${says.en.slice(1)}`,
      }
    : says
}

/** Sums and lists, from incidents and the ground they stand on. */
export function summaryOf(rows: PublicRow[], ground: Ground, now: Date): PublicSummary {
  const open = rows.filter((row) => row.status !== 'restored')
  const districts = ground.districts.map(({ code, name }) => {
    const here = open.filter((row) => row.district_code === code)
    return { code, name, ...outOf(here), incidents_open: here.length }
  })
  return {
    at: now.toISOString(),
    timezone: ground.timezone,
    customers: ground.customers,
    ...outOf(open),
    incidents_open: open.length,
    districts,
    incidents: rows.map((row) => publicIncidentOf(row, ground.timezone, now)),
  }
}

function outOf(rows: PublicRow[]): Pick<PublicSummary, 'customers_out' | 'leaves_out'> {
  const { count, leavesOut } = publicTotal(rows.map((row) => row.customers_out))
  return { customers_out: count, ...(leavesOut ? { leaves_out: true } : {}) }
}

/** Work announced ahead, as far as the sums go. */
export type PlannedWork = {
  state: 'announced' | 'started'
  starts_at: Date
  ends_at: Date
  district: string | null
  customers: number
}

/** The sums with the work that is under way at `now`, beside what failed. Work that has started goes on until it is ended. */
export function withPlanned(summary: PublicSummary, planned: PlannedWork[], now: Date): PublicSummary {
  const running = planned.filter((each) => each.starts_at <= now && (each.state === 'started' || each.ends_at > now))
  const districts = summary.districts.map((district) => ({
    ...district,
    ...plannedNowOf(running.filter((each) => each.district === district.name)),
  }))
  return { ...summary, ...plannedNowOf(running), districts }
}

function plannedNowOf(rows: PlannedWork[]): { planned_now?: PlannedNow } {
  if (rows.length === 0) return {}
  const { count, leavesOut } = publicTotal(rows.map((each) => each.customers))
  return { planned_now: { outages: rows.length, customers: count, ...(leavesOut ? { leaves_out: true } : {}) } }
}

/** Shapes of dissolved areas kept; a large storm has some thousand incidents. */
const shapesKept = 5000

/** Dissolves areas, each set of transformers once: an incident's shape changes only with a step of its restoration. */
export class Shapes {
  private readonly kept = new Map<string, Shape | null>()

  async of(queries: Queries, transformerIds: string[]): Promise<Shape | null> {
    const key = transformerIds.join('\n')
    const known = this.kept.get(key)
    if (known !== undefined) return known
    const { shape } = await queries.one<{ shape: Shape | null }>('customers/dissolve_areas', {
      transformer_ids: transformerIds,
    })
    if (this.kept.size >= shapesKept) this.kept.clear()
    this.kept.set(key, shape)
    return shape
  }

  /** After an import areas may lie elsewhere. */
  forget(): void {
    this.kept.clear()
  }
}

/** Reads everything that anyone may see. */
export async function readPublic(queries: Queries, shapes: Shapes, now: Date): Promise<PublicState> {
  const ground = await queries.one<Ground>('customers/read_ground')
  const rows = await queries.rows<PublicRow>('customers/read_public', { at: now })
  const summary = summaryOf(rows, ground, now)
  const byTransformer = new Map<string, PublicIncident[]>()
  const features: Feature<Shape, PublicIncident>[] = []
  for (const [index, row] of rows.entries()) {
    const incident = summary.incidents[index]!
    for (const id of row.transformer_ids) byTransformer.set(id, [...(byTransformer.get(id) ?? []), incident])
    const geometry = isShown(row) ? await shapes.of(queries, row.transformer_ids) : null
    if (geometry) features.push({ type: 'Feature', id: row.id, geometry, properties: incident })
  }
  return { ground, summary, features: { type: 'FeatureCollection', features }, byTransformer }
}
