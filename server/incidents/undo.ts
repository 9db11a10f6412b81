// Takes a dispatcher's last step back: confirm, put a device, merge, split, cancel; within the hour restore and close. Only where
// nothing that followed stands on it; the customers' minutes become what they were to the second, and the model is asked anew.
import type { IncidentSummary, Undoable } from '../contract/incidents.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Says } from '../contract/shapes.ts'
import { handOver, putCrewsBack } from './hand-over.ts'
import { outStates, stepZh } from './rules.ts'
import { settleUnit } from './settle.ts'
import type { Settling } from './settling.ts'
import { tellStep } from './tell-step.ts'
import { tellKnown } from './tell.ts'
import { stepIncident, type IncidentDeps } from './with-incident.ts'

type UndoableStep = Undoable['step']
type StepRow = {
  id: number
  incident_id: string
  step: UndoableStep
  incident_ids: string[]
  made_id: string | null
  actor: string
}
type Obstacle = { kind: 'step' | 'crew' | 'customers' | 'planned' | 'device'; incident_id: string; what: string }

/** Keeps what the step finds; call before it changes anything, with every incident that it will change. */
export async function keepStep(
  { transaction, sections, now, actor }: Settling,
  step: UndoableStep,
  incidentId: string,
  others: string[] = [],
): Promise<number> {
  const { id } = await transaction.one<{ id: number }>('incidents/keep_step', {
    incident_id: incidentId,
    step,
    incident_ids: [...new Set([incidentId, ...others])],
    sections: sections.map(({ name }) => name),
    actor,
    now,
  })
  return id
}

/** Notes that the step is done and told; `madeId` is the incident that it made. */
export async function finishStep({ transaction }: Settling, id: number, madeId: string | null = null): Promise<void> {
  await transaction.touch('incidents/finish_step', { id, made_id: madeId })
}

/** Takes back the last step that concerns incident `id`; throws Refusal with what stands in the way. */
export function undoStep(deps: IncidentDeps, id: string, actor: string): Promise<IncidentSummary> {
  return stepIncident(deps, id, 'undo', actor, async (settling) => {
    const { transaction, model, sections, now } = settling
    const step = await transaction.maybe<StepRow>('incidents/read_last_step', { incident_id: id, now })
    if (!step)
      throw new Refusal('out_of_order', {
        zh: `停电事件 ${id} 没有可以撤销的步骤：复电和关闭一小时内可撤销，其他步骤一天内`,
        en: `Nothing was done to incident ${id} that can be undone: a restoration or closing within the hour, other steps within a day`,
      })
    if (step.step === 'restore') await takeBack(settling, step.incident_id)
    const obstacle = await transaction.maybe<Obstacle>('incidents/read_undo_obstacle', { id: step.id })
    if (obstacle) throw new Refusal('out_of_order', saysStays(step, reasonOf(obstacle)))
    if (step.made_id) await handOver(settling, step.made_id, step.incident_id)
    await transaction.rows('incidents/undo_step', { id: step.id, now })
    await putCrewsBack(settling, step.id)
    await transaction.touch('incidents/bump_sections', { names: sections.map(({ name }) => name) })
    model.engines.clear()
    const concerned = step.made_id ? [...step.incident_ids, step.made_id] : step.incident_ids
    for (const each of concerned) {
      const { status } = await tellStep(settling, each, 'undone')
      if (outStates.includes(status) && status !== 'suspected') tellKnown(transaction, each, now)
    }
    await transaction.touch('incidents/finish_undo', { id: step.id })
    await transaction.touch('incidents/add_note', {
      incident_id: step.incident_id,
      actor,
      kind: 'undone',
      body: JSON.stringify({ step: step.step, done_by: step.actor }),
    })
    await settleUnit(settling, settling.unit)
    const { summary } = await transaction.one<{ summary: IncidentSummary }>('incidents/read_summary', {
      id: step.incident_id,
    })
    return summary
  })
}

/** Whoever called in since, because the restoration was none, is out by the incident itself again. */
async function takeBack(settling: Settling, id: string): Promise<void> {
  for (const nested of await settling.transaction.rows<{ id: string }>('incidents/list_nested', { id })) {
    await handOver(settling, nested.id, id)
    await tellStep(settling, nested.id, 'merged')
  }
}

function saysStays({ step, incident_id, actor }: StepRow, reason: Says): Says {
  return {
    zh: `${actor} 对停电事件 ${incident_id} 的“${stepZh[step]}”不能撤销：${reason.zh}`,
    en: `The ${step} of incident ${incident_id} by ${actor} stays: ${reason.en}`,
  }
}

function reasonOf({ kind, incident_id, what }: Obstacle): Says {
  const reasons: Record<Obstacle['kind'], Says> = {
    step: { zh: `此后停电事件 ${incident_id} 又有新的步骤`, en: `incident ${incident_id} was ${what} since` },
    crew: {
      zh: `此后停电事件 ${incident_id} 的班组又有新的步骤`,
      en: `a crew was ${what} on incident ${incident_id} since`,
    },
    customers: {
      zh: `用户 ${what} 现已属于停电事件 ${incident_id}`,
      en: `customer ${what} is out by incident ${incident_id} by now`,
    },
    planned: {
      zh: `用户 ${what} 现已属于计划停电 ${incident_id}`,
      en: `customer ${what} is out by planned outage ${incident_id} by now`,
    },
    device: {
      zh: `${what} 现已是停电事件 ${incident_id} 的故障设备`,
      en: `${what} is the device of incident ${incident_id} by now`,
    },
  }
  return reasons[kind]
}
