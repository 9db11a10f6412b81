// What a reader of OGC API Features asks for: bbox, datetime, limit and where to go on; and the features that answer it. Pure.
import type { Feature, MultiPolygon, Polygon } from 'geojson'
import { Refusal } from '../contract/refusal.ts'
import { meetsBox, type Box } from './meets-box.ts'

/** A feature and the time that it stands for, null for an open end; a collection without time has none. */
export type Item = {
  feature: Feature<Polygon | MultiPolygon | null> & { id: string }
  from: Date | null
  to: Date | null
}

export type ItemsQuery = {
  limit: number
  offset: number
  box: Box | null
  time: { from: number; to: number } | null
}

const mostItems = 1000
const usualItems = 100
const known = ['bbox', 'datetime', 'limit', 'offset', 'f']

const refuse = (path: string, message: string) => new Refusal('invalid', `${path}: ${message}`, [{ path, message }])

/** Reads the query; a parameter that the API does not define is refused, as the standard wants. */
export function itemsQuery(query: Record<string, string>): ItemsQuery {
  allowOnly(query, known)
  return {
    limit: Math.min(wholeOf('limit', query['limit'], usualItems, 1), mostItems),
    offset: wholeOf('offset', query['offset'], 0, 0),
    box: query['bbox'] === undefined ? null : boxOf(query['bbox']),
    time: query['datetime'] === undefined ? null : timeOf(query['datetime']),
  }
}

/** Throws Refusal `invalid` for a parameter not among `names`; `f` may only ask for JSON, all there is. */
export function allowOnly(query: Record<string, string>, names: readonly string[]): void {
  const unknown = Object.keys(query).find((name) => !names.includes(name))
  if (unknown !== undefined) throw refuse(unknown, `no such parameter; there are ${names.join(', ')}`)
  const format = query['f']
  if (format !== undefined && !['json', 'geojson'].includes(format)) throw refuse('f', 'json is the only format')
}

function wholeOf(path: string, text: string | undefined, otherwise: number, least: number): number {
  if (text === undefined) return otherwise
  if (!/^\d{1,9}$/.test(text) || Number(text) < least) throw refuse(path, `a whole number from ${least}`)
  return Number(text)
}

/** Four numbers, or six with heights, which are not looked at. */
function boxOf(text: string): Box {
  const numbers = text.split(',').map((each) => (each.trim() === '' ? Number.NaN : Number(each)))
  const box = numbers.length === 6 ? [numbers[0], numbers[1], numbers[3], numbers[4]] : numbers
  const [west, south, east, north] = box as Box
  if (box.length !== 4 || !box.every(Number.isFinite) || south > north || Math.abs(south) > 90 || Math.abs(north) > 90)
    throw refuse('bbox', 'west,south,east,north in degrees, south not above north')
  return [west, south, east, north]
}

/** An instant, or an interval whose ends may be `..` or empty. */
function timeOf(text: string): { from: number; to: number } {
  const ends = text.split('/')
  const instant = (end: string, open: number) => {
    if (end === '' || end === '..') return open
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(end) ? Date.parse(end) : Number.NaN
  }
  const [first = '', second] = ends
  const from = instant(first, second === undefined ? Number.NaN : -Infinity)
  const to = second === undefined ? from : instant(second, Infinity)
  if (ends.length > 2 || Number.isNaN(from) || Number.isNaN(to) || from > to)
    throw refuse('datetime', 'an instant, or an interval such as 2026-07-01T00:00:00Z/..')
  return { from, to }
}

/** The items that `query` asks for, in their order: all that match are counted, a page of them is given. */
export function selectItems(items: readonly Item[], query: ItemsQuery): { page: Item[]; matched: number } {
  const { box, time, offset, limit } = query
  const matching = items.filter(
    ({ feature, from, to }) =>
      (time === null || ((from?.getTime() ?? -Infinity) <= time.to && (to?.getTime() ?? Infinity) >= time.from)) &&
      (box === null || (feature.geometry !== null && meetsBox(feature.geometry, box))),
  )
  return { page: matching.slice(offset, offset + limit), matched: matching.length }
}
