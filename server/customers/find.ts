// "Is my street out?" answered for a place: an address, a street, a village or where somebody stands is taken to the areas that it may
// mean, and what is so there is said. An area, never a house; of ground where fewer than five are served nothing is said at all.
import type { FindQuery, FoundPlace, FoundPlaces, PlannedHere, PublicIncident } from '../contract/public.ts'
import type { Says } from '../contract/shapes.ts'
import type { Database } from '../database/index.ts'
import { locate } from '../reports/index.ts'
import { nothingKnown, statusFrom } from '../status/index.ts'
import type { PublicPages } from './pages.ts'
import { smallest } from './privacy.ts'

export type FindDeps = { database: Database; pages: PublicPages; now(): Date }

export type AreaRow = {
  transformer_id: string
  place: string
  customers: number
  district: string | null
  some_have_supply: boolean
  planned_starts_at: Date | null
  planned_ends_at: Date | null
  planned_reason: string | null
  planned: PlannedHere[]
}

/** What reads like an account, a meter or a phone: those are looked up by their holder alone. */
const numberLike = /^\+?[a-z]{0,3}[\d -]{6,}$/i

/** A street's third area comes up to a third of the best name; what is less likely is not what was meant. */
const likelyShare = 0.3

/** The places that `query` may mean, the likeliest first, five at most. */
export async function findPlaces({ database, pages, now }: FindDeps, query: FindQuery): Promise<FoundPlaces> {
  const { ground, byTransformer } = await pages.state()
  const at = now()
  const is_number = query.q !== undefined && numberLike.test(query.q)
  const ids = is_number ? [] : await areasOf(database, query)
  const rows = await database.replica.rows<AreaRow>('customers/read_areas', { transformer_ids: ids, at })
  const places: FoundPlace[] = []
  for (const id of ids) {
    const row = rows.find(({ transformer_id }) => transformer_id === id)
    if (!row) continue
    const found = placeFound(row, byTransformer.get(id) ?? [], at, ground.timezone)
    const shape = found.state === 'not_told' ? null : await pages.shapeOf(id)
    // Small grounds of one district would be the same words over and over.
    const isSame =
      found.state === 'not_told' && places.some(({ state, place }) => state === 'not_told' && place === found.place)
    if (!isSame) places.push({ ...found, shape })
  }
  return { places, is_number, timezone: ground.timezone, at: at.toISOString() }
}

/** The transformers that words or a point may mean: as a report would be placed. */
async function areasOf({ replica }: Database, { q, lon, lat }: FindQuery): Promise<string[]> {
  const where = q === undefined ? { location: { lon: lon!, lat: lat! } } : { address: q }
  const { located, candidates } = await locate(replica, { channel: 'web', symptom: 'no_power', ...where })
  if (located) return [located.transformer_id]
  const least = likelyShare * (candidates[0]?.confidence ?? 0)
  return [...new Set(candidates.filter(({ confidence }) => confidence >= least).map((each) => each.transformer_id))]
}

/** What is so on this ground at `at`; what is out now counts before what was announced, and that before what was. */
export function placeFound(
  row: AreaRow,
  incidents: PublicIncident[],
  at: Date,
  timezone: string,
): Omit<FoundPlace, 'shape'> {
  const { place, district, transformer_id } = row
  if (row.customers < smallest)
    return {
      place: district ?? '—',
      district,
      state: 'not_told',
      says: notTold,
      incidents: [],
      planned: [],
      calendar: null,
    }
  const open = incidents.filter(({ status }) => status !== 'restored')
  const { planned_starts_at, planned_ends_at, planned_reason } = row
  const known = statusFrom({ ...nothingKnown, place, planned_starts_at, planned_ends_at, planned_reason }, at, timezone)
  const [shown] = open.length > 0 ? open : known.kind === 'no_outage_known' ? incidents : []
  const common = { place, district, ...plannedAt(transformer_id, row.planned) }
  if (!shown) {
    const state = known.kind === 'no_outage_known' ? ('none_known' as const) : ('planned' as const)
    return { ...common, state, says: known.says, incidents: [] }
  }
  if (shown.status === 'restored')
    return { ...common, state: shown.verified ? 'restored' : 'being_checked', says: shown.says, incidents: [shown] }
  if (!row.some_have_supply) return { ...common, state: 'out', says: shown.says, incidents: open }
  return { ...common, state: 'part_out', says: partly(shown), incidents: open }
}

/** Work announced for a transformer as it may be shown, and where it is to be had as a calendar. */
export function plannedAt(transformerId: string, rows: PlannedHere[]): Pick<FoundPlace, 'planned' | 'calendar'> {
  const iso = (instant: string) => new Date(instant).toISOString()
  return {
    planned: rows.map((each) => ({ ...each, starts_at: iso(each.starts_at), ends_at: iso(each.ends_at) })),
    calendar: rows.length > 0 ? `/feeds/planned.ics?transformer_id=${encodeURIComponent(transformerId)}` : null,
  }
}

const notTold: Says = {
  zh: '这一带用户很少，为保护隐私不公布停电情况。请在“查我家”凭户号和手机号后四位查询，或拨打95598。',
  en: 'So few are served here that we do not say how it is with them. Look it up under “My place” with the account number and the last four digits of its phone, or ring 95598.',
}

/** Supposed is said as supposed. */
const partly = ({ status, says: { zh, en } }: PublicIncident): Says => ({
  zh: `这一带${status === 'suspected' ? '可能' : ''}有一部分用户停电：${zh}如您家也没电，请报修。`,
  en: `Part of this area ${status === 'suspected' ? 'may have' : 'has'} no supply. ${en} If yours is out too, please report it.`,
})
