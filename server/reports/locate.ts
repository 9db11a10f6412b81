// Locates a trouble call onto its transformer area: by account, meter, phone, address or point, with method, distance and
// confidence. It never guesses silently: where two places are as likely, both are offered and none is taken.
import gcoord from 'gcoord'
import type { LocateCandidate, Located, LocateMethod, ReportInput } from '../contract/reports.ts'
import { phoneForms } from '../contract/phone.ts'
import type { Point } from '../contract/shapes.ts'
import type { Queries } from '../database/index.ts'

/** A point further from any area than this is not supplied from here: beyond it lie the sea and the neighbours. */
const reach_m = 2000
/** An address is taken for found above this likeness, which what several share comes up to, and when no other transformer comes within the margin. */
const addressFrom = 0.5
const addressMargin = 0.06
/** At this distance from the nearest area, half of the confidence is gone. */
const halfConfidence_m = 250

export type Location = {
  located: Located | null
  candidates: LocateCandidate[]
  method: LocateMethod
  looked: string[]
}

type Row = { service_point_id: string | null; transformer_id: string; label: string | null; confidence: number }
type AreaRow = { transformer_id: string; label: string; distance_m: number; transformer_m: number }

/** WGS 84, whatever the sender's map speaks; CGCS 2000 differs from it by centimetres. */
export function toWgs84({ lon, lat, crs = 'wgs84' }: Point): { lon: number; lat: number } {
  if (crs === 'wgs84' || crs === 'cgcs2000') return { lon, lat }
  const from = crs === 'gcj02' ? gcoord.GCJ02 : gcoord.BD09
  const [x, y] = gcoord.transform([lon, lat], from, gcoord.WGS84) as [number, number]
  return { lon: x, lat: y }
}

/** Tries what the report gives, the surest first. */
export async function locate(queries: Queries, report: ReportInput): Promise<Location> {
  const looked: string[] = []
  const byKey: [LocateMethod, string | undefined, (value: string) => Promise<Row[]>][] = [
    ['account', report.account_no, (value) => queries.rows<Row>('reports/locate_by_account', { value })],
    ['meter', report.meter_no, (value) => queries.rows<Row>('reports/locate_by_meter', { value })],
    ['phone', report.phone, (value) => queries.rows<Row>('reports/locate_by_phone', { values: phoneForms(value) })],
  ]
  let undecided: Row[] = []
  for (const [method, value, find] of byKey) {
    if (value === undefined) continue
    looked.push(method)
    const found = await find(value)
    const rows = undecided.length > 0 ? amongThose(undecided, found) : found
    if (rows.length === 1) return taken(rows[0]!, method, 1, looked)
    if (rows.length > 1) undecided = rows
  }
  if (report.address !== undefined) {
    looked.push('address')
    const found = byAddress(
      await queries.rows<Row>('reports/locate_by_address', { value: report.address }),
      undecided,
      looked,
    )
    if (found) return found
  }
  if (undecided.length > 0) return among(undecided, looked)
  if (report.location !== undefined) {
    looked.push('location')
    const { lon, lat } = toWgs84(report.location)
    const found = byPoint(await queries.rows<AreaRow>('reports/locate_by_point', { lon, lat, reach_m }), looked)
    if (found) return found
  }
  return { located: null, candidates: [], method: 'none', looked }
}

function candidateOf(row: Row): LocateCandidate {
  return {
    transformer_id: row.transformer_id,
    ...(row.service_point_id === null ? {} : { service_point_id: row.service_point_id }),
    label: row.label ?? row.transformer_id,
    confidence: Math.min(1, row.confidence),
  }
}

function taken(
  row: Row,
  method: LocateMethod,
  confidence: number,
  looked: string[],
  candidates: LocateCandidate[] = [],
): Location {
  const { transformer_id, service_point_id } = candidateOf(row)
  const located = {
    transformer_id,
    ...(service_point_id === undefined ? {} : { service_point_id }),
    method,
    confidence,
  }
  return { located, candidates, method, looked }
}

/** Those of `rows` that are `undecided` between: what is less sure chooses between those, and leads nowhere else. */
const amongThose = (undecided: Row[], rows: Row[]) =>
  rows.filter((row) => undecided.some((each) => each.service_point_id === row.service_point_id))

/** One number, several accounts: the transformer is known where they share it; which of them it is must be asked. */
function among(rows: Row[], looked: string[]): Location {
  const candidates = rows.map((row) => ({ ...candidateOf(row), confidence: 1 / rows.length }))
  const transformers = new Set(rows.map((row) => row.transformer_id))
  if (transformers.size > 1) return { located: null, candidates, method: 'none', looked }
  const [transformer_id] = [...transformers] as [string]
  const method = looked.includes('account') ? 'account' : looked.includes('meter') ? 'meter' : 'phone'
  return { located: { transformer_id, method, confidence: 0.7 }, candidates, method, looked }
}

/** What the caller is asked about: each place once, of every transformer its likeliest before another of the same. */
function offered(rows: Row[]): LocateCandidate[] {
  const isFirst = (key: (row: Row) => string) => (row: Row, place: number) =>
    rows.findIndex((each) => key(each) === key(row)) === place
  const firstThere = rows.filter(isFirst((row) => row.transformer_id))
  const places = rows.filter(isFirst((row) => `${row.transformer_id} ${row.service_point_id}`))
  return [...new Set([...firstThere, ...places])].slice(0, 5).map(candidateOf)
}

function byAddress(rows: Row[], undecided: Row[], looked: string[]): Location | null {
  const own = undecided.length > 0 ? amongThose(undecided, rows) : rows
  const [best] = own
  const candidates = offered(rows)
  if (!best) return null
  const rival = own.find((row) => row.transformer_id !== best.transformer_id)
  const sure = best.confidence > addressFrom && (!rival || best.confidence - rival.confidence >= addressMargin)
  if (!sure) return undecided.length > 0 ? null : { located: null, candidates, method: 'none', looked }
  // The household itself is only named where no other of the same transformer is as alike.
  const twin = own.find(
    (row) =>
      row.service_point_id !== best.service_point_id &&
      row.transformer_id === best.transformer_id &&
      best.confidence - row.confidence < 0.02,
  )
  const place = twin ? { ...best, service_point_id: null } : best
  return taken(place, 'address', Math.min(1, best.confidence), looked, candidates)
}

function byPoint(rows: AreaRow[], looked: string[]): Location | null {
  const [nearest] = rows
  if (!nearest) return null
  const candidates = rows.slice(0, 5).map((row) => ({
    transformer_id: row.transformer_id,
    label: row.label,
    confidence: confidenceAt(row.distance_m),
    distance_m: Math.round(row.distance_m),
  }))
  const inside = nearest.distance_m === 0
  const method = inside ? 'inside_area' : 'nearest_area'
  const distance_m = Math.round(nearest.distance_m)
  return {
    located: {
      transformer_id: nearest.transformer_id,
      method,
      distance_m,
      confidence: confidenceAt(nearest.distance_m),
    },
    candidates,
    method,
    looked,
  }
}

/** 0.9 inside: a point is where the phone is, and its owner may live next door. */
export function confidenceAt(distance_m: number): number {
  return Number((0.9 * 2 ** (-distance_m / halfConfidence_m)).toFixed(3))
}
