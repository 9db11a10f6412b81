// Hears the reports that were put off, and settles their units.
import type { IncidentStatus } from '../contract/incidents.ts'
import type { Transaction } from '../database/index.ts'
import { arrivingReport, keepPieces } from './arriving.ts'
import type { PutOff } from './backlog.ts'
import { lockUnitsAndRead } from './engine.ts'
import type { GridHolder } from './grid-model.ts'
import { explains } from './rules.ts'
import { inLanes, settleUnits } from './settle-units.ts'
import { withModel, type IncidentDeps } from './with-incident.ts'

/** What comes within this time of the first is settled with it; after that, with what comes while the units before are settled. */
const gather_ms = 100
/** After something failed. */
const askAgain_ms = 5000

/** Who settles a backlog is named so in the event log. */
const settler = 'backlog'

/** While the database writes what one unit came to, the next is thought about; the rest of the machine is the callers'. */
const lanes = 2

/** Settles what is put off, some units at a time, each in a transaction of its own. What fails is put off again. */
export async function settleBacklog(deps: IncidentDeps): Promise<void> {
  const { backlog } = deps.grid
  const failures: Error[] = []
  await inLanes(groupByUnit(deps.grid).values(), lanes, (reports) =>
    settleReports(deps, reports)
      .catch((reason: Error) => {
        for (const report of reports) backlog.putOff(report)
        failures.push(reason)
      })
      .finally(() => backlog.done(reports.length)),
  )
  if (failures.length > 0) throw failures[0]!
}

/** What is of a transformer that an import took away is left: it stays a report, and the next start looks for it again. */
function groupByUnit({ backlog, current: { units, network } }: GridHolder): Map<number, PutOff[]> {
  const byUnit = new Map<number, PutOff[]>()
  for (const report of backlog.take()) {
    const transformer = network.transformers.ids.find(report.transformer_id)
    if (transformer < 0) {
      backlog.done(1)
      continue
    }
    const unit = units.unitOf[transformer]!
    const reports = byUnit.get(unit)
    if (reports) reports.push(report)
    else byUnit.set(unit, [report])
  }
  return byUnit
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
  const left = await deps.database.rows<PutOff>('incidents/list_put_off', { now: deps.now() })
  for (const report of left) backlog.putOff(report)
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
