// A trouble call being taken: whom it is from, as picked or as typed.
import type { ServicePointView } from '../../server/contract/network.ts'
import type { ReportInput } from '../../server/contract/reports.ts'

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
