// The steps that end an incident, and those that only note something on it.
import type { Cause, EstimateSource, IncidentSummary } from '../contract/incidents.ts'
import { Refusal } from '../contract/refusal.ts'
import { causeZh } from '../contract/status-words.ts'
import { forgetHeard } from './forget-heard.ts'
import { noModel } from './estimator.ts'
import { refuseStillOut } from './verify.ts'
import { callCrewsOff } from './hand-over.ts'
import { settleUnit } from './settle.ts'
import { tellStep } from './tell-step.ts'
import { tellEstimate, tellKnown } from './tell.ts'
import { finishStep, keepStep } from './undo.ts'
import { stepIncident, type IncidentDeps } from './with-incident.ts'

/** There was no loss of supply: its interruptions are taken back. */
export function cancelIncident(
  deps: IncidentDeps,
  id: string,
  reason: string,
  actor: string,
): Promise<IncidentSummary> {
  return stepIncident(deps, id, 'cancel', actor, async (settling, incident) => {
    const { transaction, now } = settling
    const step = await keepStep(settling, 'cancel', id)
    await transaction.rows('incidents/set_interruptions', {
      incident_id: id,
      act: 'suppose',
      transformers: [],
      points: [],
      at: now,
      parent_id: null,
    })
    await transaction.touch('incidents/set_status', { id, status: 'cancelled', from: [incident.status], at: now, now })
    await transaction.touch('incidents/add_note', {
      incident_id: id,
      actor,
      kind: 'cancelled',
      body: JSON.stringify({ reason }),
    })
    await callCrewsOff(settling, id, `cancelled: ${reason}`)
    forgetHeard(settling, id)
    tellKnown(transaction, id, now)
    const summary = await tellStep(settling, id, 'cancelled')
    await finishStep(settling, step)
    await settleUnit(settling, settling.unit)
    return summary
  })
}

/**
 * Everything is done and told. To close is no word that everybody has supply, unless `verified` gives it: what customers answer, and
 * their silence, go on being waited for.
 */
export function closeIncident(
  deps: IncidentDeps,
  id: string,
  { note, verified }: { note: string | null; verified: boolean },
  actor: string,
): Promise<IncidentSummary> {
  return stepIncident(deps, id, 'close', actor, async (settling, incident) => {
    const { transaction, now } = settling
    const busy = await transaction.maybe<{ crew_id: string }>('incidents/read_active_crew', { incident_id: id })
    if (busy)
      throw new Refusal('out_of_order', {
        zh: `班组 ${busy.crew_id} 还在处理停电事件 ${id}：请先等它完工，或撤回派单`,
        en: `Crew ${busy.crew_id} is still at work on incident ${id}: it finishes, or is withdrawn, first`,
      })
    await refuseStillOut(transaction, id)
    const step = await keepStep(settling, 'close', id)
    if (verified && !incident.hazard)
      await transaction.touch('incidents/put_verified', { id, verified_by: 'dispatcher', now })
    await transaction.touch('incidents/set_status', { id, status: 'closed', from: [incident.status], at: now, now })
    if (note)
      await transaction.touch('incidents/add_note', {
        incident_id: id,
        actor,
        kind: 'closed',
        body: JSON.stringify({ note }),
      })
    const summary = await tellStep(settling, id, 'closed')
    await finishStep(settling, step)
    return summary
  })
}

/** A cause by its category, by the utility's own code, or both. */
export type Finding = { cause: Cause | null; code: string | null; note: string | null }

/** Notes the cause that was found; a code brings its category along. */
export function noteCause(deps: IncidentDeps, id: string, finding: Finding, actor: string): Promise<IncidentSummary> {
  return stepIncident(deps, id, 'cause', actor, async (settling) => {
    const { code, note } = finding
    const known =
      code === null
        ? null
        : await settling.transaction.maybe<{ category: Cause }>('incidents/read_cause_code', { code })
    if (code !== null && !known)
      throw new Refusal('unprocessable', {
        zh: `没有原因代码 ${code}：请从原因列表中选`,
        en: `code: ${code} is no cause code; GET /api/cause-codes lists them`,
      })
    if (known && finding.cause && known.category !== finding.cause)
      throw new Refusal('unprocessable', {
        zh: `原因代码 ${code} 属于“${causeZh[known.category]}”，不是“${causeZh[finding.cause]}”：只填代码即可`,
        en: `code: ${code} is ${known.category}, not ${finding.cause}: leave cause out`,
      })
    const cause = known?.category ?? finding.cause
    await settling.transaction.touch('incidents/put_cause', { id, cause, code, note, now: settling.now })
    return tellStep(settling, id, 'cause')
  })
}

export type Estimating = { at: Date; low: Date | null; high: Date | null; source: EstimateSource }

/** Notes when a crew or a dispatcher expects supply back; their word stands above the model's. */
export function noteEstimate(
  deps: IncidentDeps,
  id: string,
  estimating: Estimating,
  actor: string,
): Promise<IncidentSummary> {
  return stepIncident(deps, id, 'estimate', actor, async (settling) => {
    const { transaction, now } = settling
    const { at, source } = estimating
    const [low, high] = [estimating.low ?? at, estimating.high ?? at]
    if (at < now)
      throw new Refusal('unprocessable', {
        zh: `时刻 ${at.toISOString()} 已过：预计复电时间应在以后`,
        en: `at: ${at.toISOString()} has passed: an estimate is an instant to come`,
      })
    if (low > at || high < at)
      throw new Refusal('unprocessable', {
        zh: '预计复电时间应在最早和最晚之间',
        en: 'low, at and high must be in this order',
      })
    const { summary: before } = await transaction.one<{ summary: IncidentSummary }>('incidents/read_summary', { id })
    await transaction.touch('incidents/put_estimate', { id, at, low, high, source, ...noModel, now })
    const summary = await tellStep(settling, id, 'estimate')
    await tellEstimate(transaction, summary, before.estimate, now)
    return summary
  })
}
