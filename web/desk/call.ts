// A trouble call being taken: whom it is from, as picked or as typed, and what the desk finds for what was typed.
import type { CrewView } from '../../server/contract/assignments.ts'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import type { ServicePointView } from '../../server/contract/network.ts'
import type { ReportInput } from '../../server/contract/reports.ts'
import { isOpen, type Picture } from '../live/picture.ts'

export type Call = { point: ServicePointView } | { typed: string }

/** A phone, an account or an address, by its looks. Full-width digits count as digits. */
export function readTyped(typed: string): Pick<ReportInput, 'phone' | 'account_no' | 'address'> {
  const text = typed.normalize('NFKC').trim()
  const digits = text.replace(/[\s-]/g, '')
  if (/^(\+?86)?1[3-9]\d{9}$/.test(digits)) return { phone: digits }
  if (/^[A-Za-z]{0,4}\d{6,}$/.test(digits)) return { account_no: digits }
  return { address: text }
}

export const whereOf = (call: Call): Pick<ReportInput, 'phone' | 'account_no' | 'address'> =>
  'point' in call ? { account_no: call.point.account_no } : readTyped(call.typed)

const shown = 4

/** Incidents and crews of the picture whose number, place or name holds what was typed. */
export function findInPicture(picture: Picture, typed: string): { incidents: IncidentSummary[]; crews: CrewView[] } {
  const text = typed.normalize('NFKC').trim().toLowerCase()
  if (text === '') return { incidents: [], crews: [] }
  const has = (...fields: (string | null)[]) => fields.some((field) => field?.toLowerCase().includes(text))
  const incidents = [...picture.incidents.values()]
    .filter((each) => isOpen(each) && (String(each.number) === text || has(each.place, each.equipment.id)))
    .sort((a, b) => b.customers_out - a.customers_out)
  const crews = [...picture.crews.values()].filter((each) => has(each.id, each.name))
  return { incidents: incidents.slice(0, shown), crews: crews.slice(0, shown) }
}
