// A crew asks for help: it goes to the log and the dispatcher's queue, and is answered by a crew in support or by word.
import type { AssignmentView, HelpRequest } from '../contract/assignments.ts'
import { Refusal } from '../contract/refusal.ts'
import { assignmentStatusZh } from '../contract/status-words.ts'
import { createId, type Queries } from '../database/index.ts'
import { answerHelp } from './answer-help.ts'
import type { DispatchDeps } from './candidates.ts'
import { readAssignment, tellAssignment } from './tell-assignment.ts'

export type Asking = { reason: string; skills: string[]; at?: string | undefined }

/** Asked at the phone's own time, but not in the future. */
const askedAt = (at: string | undefined, now: Date) => new Date(Math.min(now.getTime(), at ? Date.parse(at) : Infinity))

/** Throws Refusal `out_of_order` for an assignment nobody is on, `conflict` where it waits for help already. */
export function askHelp(deps: DispatchDeps, id: string, asking: Asking, actor: string): Promise<AssignmentView> {
  return deps.database.transaction(async (transaction) => {
    const { view } = await readAssignment(transaction, id)
    if (!['accepted', 'en_route', 'on_site'].includes(view.status))
      throw new Refusal('out_of_order', {
        zh: `工单 ${id} 的状态是“${assignmentStatusZh[view.status]}”：已接单、赶赴中或已到场时才能求援`,
        en: `Assignment ${id} is ${view.status}: help is for one that is accepted, en_route or on_site`,
      })
    const asked = await transaction.touch('dispatch/ask_help', {
      id: createId('help'),
      assignment_id: id,
      incident_id: view.incident_id,
      crew_id: view.crew_id,
      reason: asking.reason,
      skills: asking.skills,
      at: askedAt(asking.at, deps.now()),
    })
    if (asked === 0)
      throw new Refusal('conflict', {
        zh: `工单 ${id} 已求援，还没有答复`,
        en: `Assignment ${id} has asked for help already, and it is not answered yet`,
      })
    await transaction.touch('incidents/add_note', {
      incident_id: view.incident_id,
      actor,
      kind: 'help',
      body: JSON.stringify({ assignment_id: id, crew_id: view.crew_id, ...asking }),
    })
    return tellAssignment(deps, transaction, id, 'help_asked', actor)
  })
}

export async function listHelp(queries: Queries, isOpen: boolean): Promise<HelpRequest[]> {
  const rows = await queries.rows<{ view: HelpRequest }>('dispatch/list_help', { open: isOpen, id: null })
  return rows.map((row) => row.view)
}

/** Answers request `id` by word; throws Refusal `out_of_order` where it was answered before. */
export function answerByWord(deps: DispatchDeps, id: string, actor: string): Promise<HelpRequest> {
  return deps.database.transaction(async (transaction) => {
    const read = () => transaction.maybe<{ view: HelpRequest }>('dispatch/list_help', { open: false, id })
    const before = await read()
    if (!before) throw new Refusal('not_found', { zh: `没有求援 ${id}`, en: `There is no request for help ${id}` })
    if ((await answerHelp(deps, transaction, { id, incident_id: null }, actor)) === 0)
      throw new Refusal('out_of_order', {
        zh: `求援 ${id} 已由 ${before.view.answered_by} 答复`,
        en: `Request ${id} was answered by ${before.view.answered_by} already`,
      })
    return (await read())!.view
  })
}
