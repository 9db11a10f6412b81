// The steps of an incident that ask something first: which there are when, and what each sends.
import type { IncidentStatus } from '../../server/contract/incidents.ts'

export const formNames = ['confirm', 'restore', 'cause', 'estimate', 'merge', 'split', 'cancel', 'close'] as const
export type FormName = (typeof formNames)[number]

const open: readonly IncidentStatus[] = ['suspected', 'probable', 'confirmed', 'partly_restored']

/** Steps that make sense in a state; the server has the last word. Pure. */
export function formsFor(status: IncidentStatus): FormName[] {
  if (status === 'closed' || status === 'cancelled') return []
  if (status === 'restored') return ['close', 'cause']
  const all: FormName[] = ['confirm', 'restore', 'cause', 'estimate', 'merge', 'split', 'cancel', 'close']
  return all.filter((name) =>
    name === 'confirm' ? status === 'suspected' || status === 'probable' : open.includes(status),
  )
}
