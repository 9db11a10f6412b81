// Hears the reports that were put off, and settles their units.
import { setTimeout as pause } from 'node:timers/promises'
import type { IncidentStatus } from '../contract/incidents.ts'
import type { Transaction } from '../database/index.ts'
import { arrivingReport, keepPieces } from './arriving.ts'
import type { PutOff } from './backlog.ts'
import { believedAt } from './believed-at.ts'
import { lockUnitsAndRead } from './engine.ts'
import { explains } from './rules.ts'
import { inLanes, settleUnits } from './settle-units.ts'
import { withModel, type IncidentDeps } from './with-incident.ts'

/** What comes within this time of the first is settled with it; after that, with what comes while the units before are settled. */
const gather_ms = 100
/** After something failed. */
const askAgain_ms = 5000

/** Who settles a backlog is named so in the event log. */
const settler = 'backlog'

/** Where nobody waits for an answer: while the database writes what one unit came to, the next is thought about. */
const lanes = 2
/** So many units are taken at once; after them, what is most urgent by then. */
const unitsAtOnce = 8

/** Settles as many units as have something put off now, each in a transaction of its own. What fails is put off again. */
export async function settleBacklog(deps: IncidentDeps): Promise<void> {
  const { backlog } = deps.grid
  const failed: { reports: PutOff[]; reason: Error }[] = []
  const settle = async (reports: PutOff[]) => {
    const since = performance.now()
    await settleReports(deps, reports).catch((reason: Error) => failed.push({ reports, reason }))
    backlog.done(reports.length)
    const rest_ms = backlog.givingWay.restAfter(performance.now() - since)
    if (rest_ms > 0) await pause(rest_ms)
  }
  const takeSome = () => {
    const { units, network } = deps.grid.current
    return backlog.take((id) => units.unitOf[network.transformers.ids.find(id)] ?? -1, unitsAtOnce)
  }
  for (let left = backlog.places; left > 0;) {
    const taken = takeSome()
    left = taken.length > 0 ? left - taken.length : 0
    await inLanes(taken, backlog.givingWay.isAsked ? 1 : lanes, settle)
  }
  for (const { reports } of failed) for (const report of reports) backlog.putOff(report)
  if (failed.length > 0) throw failed[0]!.reason
}

/** Null: nothing that anybody is out by. */
type Became = { position: number; incident_id: string | null; status: IncidentStatus | null }

function settleReports(deps: IncidentDeps, putOff: PutOff[]): Promise<void> {
  const now = deps.now()
  return withModel(deps, async (transaction, model) => {
    const transformerOf = (report: PutOff) => model.network.transformers.ids.find(report.transformer_id)
    const reports = putOff.filter((report) => transformerOf(report) >= 0)
    const [locked, became] = await lockUnitsAndRead(transaction, model, new Set(reports.map(transformerOf)), () =>
      readBecame(transaction, reports),
    )
    const heard = became.map((each) => ({ ...each, piece: arrivingReport(model, reports[each.position - 1]!) }))
    await keepPieces(
      transaction,
      heard
        .filter(({ status }) => explains(status))
        .map(({ piece, incident_id }) => ({ ...piece, incident_id, cleared_at: now })),
    )
    const arriving = heard.filter(({ status }) => !explains(status)).map(({ piece }) => piece)
    await settleUnits({ transaction, model, now, actor: settler }, locked, arriving)
    transaction.send('incidents/link_reports', { reports: reports.map(({ report_id }) => report_id) })
  })
}

/** What was not heard meanwhile, by another server or before a restart, and what its callers are out by now. */
function readBecame(transaction: Transaction, reports: PutOff[]): Promise<Became[]> {
  return transaction.rows<Became>('incidents/read_put_off', {
    reports: reports.map(({ report_id }) => report_id),
    points: reports.map(({ service_point_id }) => service_point_id),
    instants: reports.map(({ at }) => at),
    incidents: reports.map(({ incident_id }) => incident_id),
  })
}

export type Settler = { stop(): Promise<void> }

/**
 * Begins to settle what is put off, first of all what a server that was killed left so. `stop` settles what is left.
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
  const left = await deps.database.rows<PutOff & { taken_at: Date }>('incidents/list_put_off', { now: deps.now() })
  for (const { taken_at, ...report } of left)
    backlog.putOff({ ...report, at: believedAt(report.at, taken_at, report.taker) })
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
