// The rules of an incident's life: which state follows from what, and which steps are open in which state. Pure.
import type { IncidentStatus } from '../contract/incidents.ts'

/** States in which somebody is taken to be without supply. */
export const outStates: readonly IncidentStatus[] = ['suspected', 'probable', 'confirmed', 'partly_restored']
/** States that the model may still move. */
export const movableStates: readonly IncidentStatus[] = ['suspected', 'probable']

/**
 * Whether an incident explains what is said on its ground: the model may no longer move it, so that nothing is to be weighed. One
 * that was withdrawn explains nothing.
 */
export function explains(status: IncidentStatus | null): boolean {
  return status !== null && status !== 'cancelled' && !movableStates.includes(status)
}

/** From this probability on an inferred device is worth a crew's drive without a further look. */
const probableFrom = 0.8
/** A suspicion that has stood this long with nothing against it is probable: a false one is cleared by meters within minutes. */
const probableAge_ms = 10 * 60_000

/** The state of an inferred incident: told by telemetry it is confirmed, else by probability or by age. */
export function inferredStatus(facts: {
  told: boolean
  probability: number
  startedAt: Date
  now: Date
  callers: number
}): IncidentStatus {
  if (facts.told) return 'confirmed'
  const old = facts.now.getTime() - facts.startedAt.getTime() >= probableAge_ms
  return (facts.probability >= probableFrom && facts.callers > 1) || old ? 'probable' : 'suspected'
}

/**
 * Below this an incident that neither a caller nor telemetry speaks for is not opened: of meters' words so unlikely four in
 * five would send somebody out for nothing (one meter in 1,000 gasps falsely). They stay heard, so that a second sign counts.
 */
const openFrom = 0.2

/**
 * Whether what was inferred becomes an incident. What was `switched` off on purpose is known to whoever did it, and mostly for a
 * minute; once somebody calls, it is a loss of supply like any other.
 */
export function isWorthOpening(facts: {
  probability: number
  isReported: boolean
  told: boolean
  switched: boolean
}): boolean {
  if (facts.switched) return facts.isReported
  return facts.told || facts.isReported || facts.probability >= openFrom
}

/** The state after a step of restoration. */
export function restoredStatus(stillOut: number): IncidentStatus {
  return stillOut === 0 ? 'restored' : 'partly_restored'
}

/** The state once a dispatcher has taken an incident in hand: no longer the model's to move. */
export function heldStatus(status: IncidentStatus): IncidentStatus {
  return movableStates.includes(status) ? 'confirmed' : status
}

export type Step =
  'confirm' | 'cause' | 'estimate' | 'restore' | 'merge' | 'split' | 'cancel' | 'verify' | 'close' | 'undo'

/** The steps as a dispatcher's buttons name them. */
export const stepZh: Record<Step, string> = {
  confirm: '确认',
  cause: '原因',
  estimate: '预计复电',
  restore: '复电',
  merge: '合并',
  split: '拆分',
  cancel: '取消',
  verify: '已核实有电',
  close: '关闭',
  undo: '撤销',
}

const openIn: Record<Step, readonly IncidentStatus[]> = {
  confirm: ['suspected', 'probable', 'confirmed', 'partly_restored'],
  cause: ['suspected', 'probable', 'confirmed', 'partly_restored', 'restored'],
  estimate: outStates,
  restore: outStates,
  merge: outStates,
  split: outStates,
  cancel: ['suspected', 'probable', 'confirmed'],
  verify: ['restored', 'closed'],
  close: ['restored'],
  undo: ['suspected', 'probable', 'confirmed', 'partly_restored', 'restored', 'closed', 'cancelled'],
}

/** Whether `step` may be taken in `status`. */
export function mayStep(step: Step, status: IncidentStatus): boolean {
  return openIn[step].includes(status)
}

/** The states in which `step` may be taken, for a refusal that says what would be right. */
export function statesFor(step: Step): readonly IncidentStatus[] {
  return openIn[step]
}
