// Hears the calls that were put off, and settles their units.
import type { IncidentStatus } from '../contract/incidents.ts'
import type { Transaction } from '../database/index.ts'
import { keepPieces, type Arriving } from './arriving.ts'
import type { PutOff } from './backlog.ts'
import { lockUnitsAndRead } from './engine.ts'
import { sectionOf, type GridModel } from './grid-model.ts'
import { movableStates } from './rules.ts'
import { settleUnit } from './settle.ts'
import { withModel, type IncidentDeps } from './with-incident.ts'

/** What comes within this time of the first call is settled with it. */
const gather_ms = 100
/** After something failed. */
const askAgain_ms = 5000

/** Who settles a backlog is named so in the event log. */
const settler = 'backlog'

/** While the database writes what one unit came to, the next is thought about. */
const lanes = 2

/** Settles what is put off, some units at a time, each in a transaction of its own. What fails is put off again. */
export async function settleBacklog(deps: IncidentDeps): Promise<void> {
  const { backlog } = deps.grid
  const { units, network } = deps.grid.current
  const byUnit = new Map<number, PutOff[]>()
  for (const call of backlog.take()) {
    const transformer = network.transformers.ids.find(call.transformer_id)
    if (transformer < 0) {
      backlog.done(1)
      continue
    }
    const unit = units.unitOf[transformer]!
    const calls = byUnit.get(unit)
    if (calls) calls.push(call)
    else byUnit.set(unit, [call])
  }
  const failures: Error[] = []
  const waiting = byUnit.values()
  const run = async () => {
    for (const calls of waiting)
      await settleCalls(deps, calls)
        .catch((reason: Error) => {
          for (const call of calls) backlog.putOff(call)
          failures.push(reason)
        })
        .finally(() => backlog.done(calls.length))
  }
  await Promise.all(Array.from({ length: lanes }, run))
  if (failures.length > 0) throw failures[0]!
}

/** Null: nothing that anybody is out by. */
type Became = { position: number; incident_id: string | null; status: IncidentStatus | null }

function settleCalls(deps: IncidentDeps, calls: PutOff[]): Promise<void> {
  const now = deps.now()
  return withModel(deps, async (transaction, model) => {
    const transformerOf = (call: PutOff) => model.network.transformers.ids.find(call.transformer_id)
    const known = calls.filter((call) => transformerOf(call) >= 0)
    const [locked, became] = await lockUnitsAndRead(transaction, model, new Set(known.map(transformerOf)), () =>
      readBecame(transaction, known),
    )
    const explained: Parameters<typeof keepPieces>[1] = []
    const arriving = new Map<number, Arriving[]>(locked.map(({ unit }) => [unit, []]))
    for (const { position, incident_id, status } of became) {
      const call = known[position - 1]!
      const piece = arrivingOf(model, call)
      if (isExplained(status)) explained.push({ ...piece, incident_id, cleared_at: now })
      else arriving.get(model.units.unitOf[transformerOf(call)]!)!.push(piece)
    }
    await keepPieces(transaction, explained)
    for (const { unit, sections, ahead } of locked)
      await settleUnit({ transaction, model, sections, now, actor: settler }, unit, arriving.get(unit)!, ahead)
    transaction.send('incidents/link_reports', { reports: known.map(({ report_id }) => report_id) })
  })
}

/** What was not heard meanwhile, by another server or before a restart, and what its callers are out by now. */
function readBecame(transaction: Transaction, calls: PutOff[]): Promise<Became[]> {
  return transaction.rows<Became>('incidents/read_put_off', {
    reports: calls.map(({ report_id }) => report_id),
    points: calls.map(({ service_point_id }) => service_point_id),
    instants: calls.map(({ at }) => at),
    incidents: calls.map(({ incident_id }) => incident_id),
  })
}

/** What the model may no longer move explains a call from before its end; a supposition is what the call is heard for. */
function isExplained(status: IncidentStatus | null): boolean {
  return status !== null && status !== 'cancelled' && !movableStates.includes(status)
}

function arrivingOf(model: GridModel, call: PutOff): Arriving {
  const { report_id, transformer_id, service_point_id, at, symptom, taker } = call
  const section = sectionOf(model, model.network.transformers.ids.find(transformer_id))
  return { section, kind: 'report', at, service_point_id, transformer_id, report_id, symptom, taker }
}

export type Settler = { stop(): Promise<void> }

/**
 * Begins to settle what is put off, first of all what a server that was killed left so. Rests for as long as it worked, so that
 * reports go first. `stop` settles what is left.
 */
export async function startSettler(deps: IncidentDeps): Promise<Settler> {
  const { backlog } = deps.grid
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let work: Promise<void> | null = null
  let rest_ms = gather_ms
  const settle = () =>
    settleBacklog(deps).catch((reason: Error) => {
      rest_ms = askAgain_ms
      console.error('reports not settled, trying again:', reason.message)
    })
  const turn = () => {
    timer = undefined
    const heard = backlog.count
    rest_ms = 0
    work = settle().then(() => {
      work = null
      rest_ms = Math.max(rest_ms, gather_ms)
      if (backlog.count > heard) wake()
    })
  }
  const wake = () => {
    if (!stopped && !work) timer ??= setTimeout(turn, rest_ms)
  }
  backlog.serve(true, wake)
  for (const call of await deps.database.rows<PutOff>('incidents/list_put_off', { now: deps.now() }))
    backlog.putOff(call)
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
