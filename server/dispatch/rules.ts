// The crew's way through an assignment, and what may follow what. Pure.
import type { AssignmentStatus } from '../contract/assignments.ts'

export const activeStates: readonly AssignmentStatus[] = ['offered', 'accepted', 'en_route', 'on_site']

export type Step = 'accept' | 'decline' | 'depart' | 'arrive' | 'finish' | 'withdraw'

/** Where each step begins and leads. */
export const steps: Record<Step, { from: readonly AssignmentStatus[]; to: AssignmentStatus }> = {
  accept: { from: ['offered'], to: 'accepted' },
  decline: { from: ['offered', 'accepted'], to: 'declined' },
  depart: { from: ['accepted'], to: 'en_route' },
  arrive: { from: ['en_route'], to: 'on_site' },
  finish: { from: ['on_site'], to: 'finished' },
  withdraw: { from: activeStates, to: 'withdrawn' },
}

/** The steps as the buttons of the crew and of the desk name them. */
export const stepZh: Record<Step, string> = {
  accept: '接单',
  decline: '拒绝',
  depart: '出发',
  arrive: '到场',
  finish: '完工',
  withdraw: '撤回',
}

/** A crew answers an offer within this time, or it goes to the next. */
export const answer_s = 180
