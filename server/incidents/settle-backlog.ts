// Settles the units whose reports were put off.
import { lockUnit } from './engine.ts'
import { settleUnit } from './settle.ts'
import { withModel, type IncidentDeps } from './with-incident.ts'

/** A unit is settled at most this often for what was put off. */
const rest_ms = 1000

/** Who settles a backlog is named so in the event log. */
const settler = 'backlog'

/** Settles what is put off, one unit after the other, each in a transaction of its own. What fails is put off again. */
export async function settleBacklog(deps: IncidentDeps): Promise<void> {
  const { backlog } = deps.grid
  const { units, network } = deps.grid.current
  const byUnit = new Map<number, string>()
  for (const id of backlog.take()) {
    const transformer = network.transformers.ids.find(id)
    if (transformer >= 0) byUnit.set(units.unitOf[transformer]!, id)
  }
  const failures: Error[] = []
  for (const id of byUnit.values())
    await settleUnitOf(deps, id).catch((reason: Error) => {
      backlog.putOff(id)
      failures.push(reason)
    })
  if (failures.length > 0) throw failures[0]!
}

function settleUnitOf(deps: IncidentDeps, transformerId: string): Promise<unknown> {
  const now = deps.now()
  return withModel(deps, async (transaction, model) => {
    const transformer = model.network.transformers.ids.find(transformerId)
    if (transformer < 0) return
    const { unit, sections, ahead } = await lockUnit(transaction, model, transformer)
    await settleUnit({ transaction, model, sections, now, actor: settler }, unit, [], ahead)
  })
}

export type Settler = { stop(): Promise<void> }

/**
 * Begins to settle what is put off, first of all what a server that was killed left so. Rests for as long as it worked, so that
 * reports go first. `stop` settles what is left.
 */
export async function startSettler(deps: IncidentDeps): Promise<Settler> {
  const { backlog } = deps.grid
  const left = await deps.database.rows<{ transformer_id: string }>('incidents/list_put_off')
  for (const { transformer_id } of left) backlog.putOff(transformer_id)
  backlog.serve(true)
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let work: Promise<void> = Promise.resolve()
  const settle = () =>
    settleBacklog(deps).catch((reason: Error) => console.error('reports not settled, trying again:', reason.message))
  const turn = () => {
    const began = performance.now()
    work = settle().then(() => {
      if (!stopped) timer = setTimeout(turn, Math.max(rest_ms, performance.now() - began))
    })
  }
  turn()
  return {
    stop: async () => {
      stopped = true
      backlog.serve(false)
      clearTimeout(timer)
      await work
      await settle()
    },
  }
}
