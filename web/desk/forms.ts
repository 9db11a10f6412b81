// The steps of an incident that ask something first: which there are when, and what each sends.
import type { IncidentStatus, Undoable } from '../../server/contract/incidents.ts'

export const formNames = ['confirm', 'restore', 'cause', 'estimate', 'merge', 'split', 'cancel', 'close'] as const
export type FormName = (typeof formNames)[number]

const open: readonly IncidentStatus[] = ['suspected', 'probable', 'confirmed', 'partly_restored']

const after: Partial<Record<Undoable['step'], readonly IncidentStatus[]>> = {
  restore: ['partly_restored', 'restored'],
  close: ['closed'],
  cancel: ['cancelled'],
}

/** Whether the last step can be taken back without turning over what came after it: a confirmation not once supply is back. */
export const mayUndo = (step: Undoable['step'], status: IncidentStatus) => (after[step] ?? open).includes(status)

/** Steps that make sense in a state; the server has the last word. Pure. */
export function formsFor(status: IncidentStatus): FormName[] {
  if (status === 'closed' || status === 'cancelled') return []
  if (status === 'restored') return ['close', 'cause']
  const all: FormName[] = ['confirm', 'restore', 'cause', 'estimate', 'merge', 'split', 'cancel', 'close']
  return all.filter((name) =>
    name === 'confirm' ? status === 'suspected' || status === 'probable' : open.includes(status),
  )
}
