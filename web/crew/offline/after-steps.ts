// Where an assignment stands once the steps still on their way are counted in. Pure.
import type { AssignmentDetail, AssignmentStatus } from '../../../server/contract/assignments.ts'
import type { KeptStep, WayStep } from './store.ts'

const leads: Record<WayStep, { from: AssignmentStatus; to: AssignmentStatus; time: keyof AssignmentDetail }> = {
  accept: { from: 'offered', to: 'accepted', time: 'accepted_at' },
  depart: { from: 'accepted', to: 'en_route', time: 'departed_at' },
  arrive: { from: 'en_route', to: 'on_site', time: 'arrived_at' },
  finish: { from: 'on_site', to: 'finished', time: 'finished_at' },
  decline: { from: 'offered', to: 'declined', time: 'ended_at' },
}

/** The assignment as the crew knows it; the server's word, where it is further, stands. */
export function afterSteps(assignment: AssignmentDetail, steps: readonly KeptStep[]): AssignmentDetail {
  let known = assignment
  for (const { assignment_id, step, at, state } of steps) {
    if (assignment_id !== assignment.id || state === 'refused' || step === 'photograph' || step === 'help') continue
    const { from, to, time } = leads[step]
    const follows = known.status === from || (step === 'decline' && known.status === 'accepted')
    if (follows) known = { ...known, status: to, [time]: at }
  }
  return known
}

/** What can be pressed next. */
export function nextSteps(status: AssignmentStatus): WayStep[] {
  if (status === 'offered') return ['accept', 'decline']
  if (status === 'accepted') return ['depart', 'decline']
  if (status === 'en_route') return ['arrive']
  return status === 'on_site' ? ['finish'] : []
}
