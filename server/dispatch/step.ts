// The crew's way: accept, decline, depart, arrive, finish; and withdrawing it. Each is one conditional update, so that of two
// who step at once one is told that the other was first.
import type { AssignmentView } from '../contract/assignments.ts'
import { cause as causes } from '../contract/incidents.ts'
import type { Cause, IncidentSummary } from '../contract/incidents.ts'
import { Refusal } from '../contract/refusal.ts'
import { assignmentStatusZh } from '../contract/status-words.ts'
import type { Transaction } from '../database/index.ts'
import {
  confirmFound,
  outStates,
  restoreWithin,
  settleUnit,
  stepWithin,
  withModel,
  type GridModel,
} from '../incidents/index.ts'
import { oweCrewGone, oweCrewOnItsWay } from './owe.ts'
import { automatic, offerWithin } from './assign.ts'
import type { DispatchDeps } from './candidates.ts'
import { steps, stepZh, type Step } from './rules.ts'
import { readAssignment, tellAssignment, type AssignmentRow } from './tell-assignment.ts'

export type Findings = {
  cause?: string | undefined
  damaged_equipment_id?: string | undefined
  restored?: boolean | undefined
  still_out_transformer_ids?: string[] | undefined
  note?: string | undefined
}
export type Stepping = { step: Step; at?: Date | null; reason?: string | null; findings?: Findings | null }

/** A phone's clock may run ahead by this much. */
const clockSkew_ms = 2 * 60_000

/** Whether the crew leaves customers who may be out: it is called off, or says how far supply is back. */
const leavesThemOut = ({ step, findings }: Stepping) =>
  step === 'withdraw' || (step === 'finish' && findings?.restored !== undefined)

/** Takes assignment `id` a step on; throws Refusal `out_of_order` for a step that does not follow. */
export function stepAssignment(
  deps: DispatchDeps,
  id: string,
  stepping: Stepping,
  actor: string,
): Promise<AssignmentView> {
  return withModel(deps, async (transaction, model) => {
    const before = await readAssignment(transaction, id)
    const at = instantOf(deps.now(), stepping.at ?? null, before)
    await move(transaction, id, stepping, at, before)
    if (stepping.step === 'finish' && stepping.findings)
      await applyFindings(deps, transaction, model, before.view, stepping.findings, at, actor)
    const view = await tellAssignment(deps, transaction, id, steps[stepping.step].to, actor)
    if (stepping.step === 'depart') await oweCrewOnItsWay(transaction, view, deps.now())
    if (leavesThemOut(stepping)) await oweCrewGone(transaction, before.view, deps.now())
    if (stepping.step === 'decline' && before.offered_by.startsWith(automatic))
      await offerNext(deps, transaction, before)
    return view
  })
}

/** When the step was taken: as the phone says, but neither to come nor before the step it follows. */
function instantOf(now: Date, said: Date | null, before: AssignmentRow): Date {
  if (!said) return now
  if (said.getTime() > now.getTime() + clockSkew_ms)
    throw new Refusal('unprocessable', {
      zh: `时刻 ${said.toISOString()} 还没到：手机时间不准`,
      en: `at: ${said.toISOString()} is in the future: the phone's clock is wrong`,
    })
  return said < before.last_at ? before.last_at : said
}

async function move(
  transaction: Transaction,
  id: string,
  { step, reason, findings }: Stepping,
  at: Date,
  before: AssignmentRow,
): Promise<void> {
  const { from, to } = steps[step]
  const moved = await transaction.touch('dispatch/step_assignment', {
    id,
    from,
    to,
    at,
    reason: reason ?? null,
    findings: findings ? JSON.stringify(findings) : null,
  })
  const isRevived =
    moved === 0 && step === 'accept' && (await transaction.touch('dispatch/revive_offer', { id, at })) > 0
  if (moved === 0 && !isRevived) {
    const { view } = await readAssignment(transaction, id)
    const isSame = view.status === before.view.status
    const fromZh = from.map((each) => `“${assignmentStatusZh[each]}”`).join('或')
    throw new Refusal('out_of_order', {
      zh: `工单 ${id} ${isSame ? '' : '现在'}的状态是“${assignmentStatusZh[view.status]}”：“${stepZh[step]}”只能在${fromZh}时做`,
      en: `Assignment ${id} is ${view.status}${isSame ? '' : ' by now'}: ${step} follows ${from.join(' or ')}`,
    })
  }
}

/** What the crew found becomes the incident's: its device where that fits, its cause, and supply that is back. */
async function applyFindings(
  deps: DispatchDeps,
  transaction: Transaction,
  model: GridModel,
  assignment: AssignmentView,
  findings: Findings,
  at: Date,
  actor: string,
): Promise<void> {
  const { id, status } = await standingOf(transaction, assignment.incident_id)
  const isOut = outStates.includes(status)
  const stillOut = findings.still_out_transformer_ids ?? []
  if (findings.damaged_equipment_id && isOut) {
    const found = findings.damaged_equipment_id
    await stepWithin(transaction, model, deps.now(), id, 'confirm', actor, (settling, incident) =>
      confirmFound(settling, incident, found, stillOut),
    )
  }
  if (findings.cause) {
    const known = causes.safeParse(findings.cause)
    const picked = known.success
      ? null
      : await transaction.maybe<{ category: Cause }>('incidents/read_cause_code', { code: findings.cause })
    const value: Cause = known.success ? known.data : (picked?.category ?? 'other')
    await transaction.touch('incidents/put_cause', {
      id,
      cause: value,
      code: picked ? findings.cause : null,
      note: known.success || picked ? (findings.note ?? null) : findings.cause,
      now: deps.now(),
    })
  }
  if (!findings.restored || !isOut) return
  await stepWithin(transaction, model, deps.now(), id, 'restore', actor, async (settling, incident) => {
    const back = incident.hazard ? null : await whoIsBack(transaction, id, stillOut)
    if (back?.length === 0) return
    const ground = { transformers: back, points: null }
    await restoreWithin(settling, incident, ground, at < incident.started_at ? settling.now : at)
    await settleUnit(settling, settling.unit)
  })
}

/** The transformers that have supply again; null for all that is the incident's. Others may have told of some meanwhile. */
async function whoIsBack(transaction: Transaction, id: string, stillOut: string[]): Promise<string[] | null> {
  if (stillOut.length === 0) return null
  const out = await transaction.rows<{ transformer_id: string }>('incidents/read_out_transformers', { incident_id: id })
  return out.map(({ transformer_id }) => transformer_id).filter((each) => !stillOut.includes(each))
}

/** The incident that stands for `incidentId` now: it may have been merged, or restored, while the crew was at work. */
async function standingOf(transaction: Transaction, incidentId: string): Promise<IncidentSummary> {
  for (let id = incidentId; ;) {
    const { summary } = await transaction.one<{ summary: IncidentSummary }>('incidents/read_summary', { id })
    if (summary.merged_into === null) return summary
    id = summary.merged_into
  }
}

/**
 * An automatic offer that was refused goes to the next; where nobody is left the incident waits in the dispatcher's queue.
 * Behind a savepoint: an offer lost to another dispatcher's must not take the refusal before it along.
 */
async function offerNext(deps: DispatchDeps, transaction: Transaction, before: AssignmentRow): Promise<void> {
  await transaction.client.query('savepoint next_offer')
  try {
    const actor = before.offered_by.slice(automatic.length)
    await offerWithin(deps, transaction, before.view.incident_id, { auto: true, role: before.view.role }, actor)
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason
    await transaction.client.query('rollback to savepoint next_offer')
  }
}

/** Takes back offers that nobody answered in time; automatic ones go to the next crew. */
export async function expireOffers(deps: DispatchDeps): Promise<void> {
  const unanswered = await deps.database.rows<{ id: string }>('dispatch/read_unanswered', { now: deps.now() })
  for (const { id } of unanswered)
    await deps.database.transaction(async (transaction) => {
      const before = await readAssignment(transaction, id)
      const moved = await transaction.touch('dispatch/step_assignment', {
        id,
        from: ['offered'],
        to: 'expired',
        at: deps.now(),
        reason: 'unanswered',
        findings: null,
      })
      if (moved === 0) return
      await tellAssignment(deps, transaction, id, 'expired', 'clock')
      if (before.offered_by.startsWith(automatic)) await offerNext(deps, transaction, before)
    })
}
