// Merges incidents that were one loss of supply; everything of theirs goes along, the customers' minutes unchanged.
import type { IncidentSummary } from '../contract/incidents.ts'
import { Refusal } from '../contract/refusal.ts'
import { incidentStatusZh } from '../contract/status-words.ts'
import { forgetHeard } from './forget-heard.ts'
import { handOver } from './hand-over.ts'
import { heldStatus, outStates } from './rules.ts'
import { announce, tellStep } from './tell-step.ts'
import { finishStep, keepStep } from './undo.ts'
import { stepIncident, type IncidentDeps, type IncidentRow } from './with-incident.ts'

/** Merges `others` into incident `id`; all must be open and on one section. */
export function mergeIncidents(
  deps: IncidentDeps,
  id: string,
  others: string[],
  actor: string,
): Promise<IncidentSummary> {
  return stepIncident(deps, id, 'merge', actor, async (settling, incident) => {
    const { transaction, now } = settling
    const sections = settling.sections.map(({ name }) => name)
    const step = await keepStep(settling, 'merge', id, others)
    for (const other of [...new Set(others)].sort()) {
      if (other === id)
        throw new Refusal('unprocessable', {
          zh: `停电事件 ${id} 不能并入自己`,
          en: `Incident ${id} cannot be merged into itself`,
        })
      const row = await transaction.maybe<IncidentRow>('incidents/read_incident', { id: other })
      if (!row) throw new Refusal('not_found', { zh: `没有停电事件 ${other}`, en: `There is no incident ${other}` })
      if (row.hazard || incident.hazard)
        throw new Refusal('unprocessable', {
          zh: `停电事件 ${row.hazard ? other : id} 是危险情况：处理完之前须单独保留`,
          en: `Incident ${row.hazard ? other : id} is a hazard: it stays an incident of its own until it is dealt with`,
        })
      if (!sections.includes(row.section))
        throw new Refusal('unprocessable', {
          zh: `停电事件 ${other} 在 ${row.section}，${id} 在 ${incident.section}：只有同一馈线上的事件才能合并`,
          en: `Incident ${other} is on ${row.section}, ${id} on ${incident.section}: only incidents of one feeder can be one`,
        })
      if (!outStates.includes(row.status))
        throw new Refusal('out_of_order', {
          zh: `停电事件 ${other} 的状态是“${incidentStatusZh[row.status]}”：只能合并未结束的事件`,
          en: `Incident ${other} is ${row.status}: only open incidents are merged`,
        })
      await handOver(settling, other, id)
      await tellStep(settling, other, 'merged')
    }
    // A dispatcher's word: the model may not take the two apart again.
    await transaction.touch('incidents/set_status', {
      id,
      status: heldStatus(incident.status),
      from: [incident.status],
      at: now,
      now,
    })
    forgetHeard(settling, id)
    await transaction.touch('incidents/add_transformers', { id, now })
    await transaction.rows('incidents/count_interruptions', { incident_id: id })
    // Those of an incident that was only suspected have been told nothing.
    const summary = await announce(settling, id, 'took_in', { status: heldStatus(incident.status) })
    await finishStep(settling, step)
    return summary
  })
}
