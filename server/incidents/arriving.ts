// Evidence on its way in: heard before it is kept, so that each piece is kept with the incident that it came to and is
// written once; to count a storm's hundred thousands afterwards would write every one of them twice.
import type { Transaction } from '../database/index.ts'
import type { Extent } from './extent.ts'
import { sectionOf, type GridModel } from './grid-model.ts'

/** A report or a meter's word about one place of the locked sections. */
export type Arriving = {
  section: string
  kind: 'report' | 'power_off' | 'power_on'
  at: Date
  service_point_id: string | null
  transformer_id: string
  report_id?: string
  /** Who took the report. */
  taker?: string
  symptom?: 'no_power' | 'part_power' | 'dim' | 'hazard'
}

/** A report that the model is to hear. */
export type ReportedPlace = {
  report_id: string
  transformer_id: string
  service_point_id: string | null
  at: Date
  symptom: NonNullable<Arriving['symptom']>
  taker: string
}

/** The report as evidence, in the section that its transformer belongs to now. */
export function arrivingReport(model: GridModel, report: ReportedPlace): Arriving {
  const { report_id, transformer_id, service_point_id, at, symptom, taker } = report
  const section = sectionOf(model, model.network.transformers.ids.find(transformer_id))
  return { section, kind: 'report', at, service_point_id, transformer_id, report_id, symptom, taker }
}

/** The ground of an incident that goes on or is about to be opened. */
export type Ground = { id: string; extent: Extent }

/** Keeps the pieces, each counted to the incident whose ground it lies on; answers the newest row's number, 0 where all were repeats. */
export async function keepArriving(
  transaction: Transaction,
  model: GridModel,
  pieces: Arriving[],
  grounds: Ground[],
): Promise<number> {
  if (pieces.length === 0) return 0
  const incidentAt = incidentsByPlace(model, grounds)
  return keepPieces(
    transaction,
    pieces.map((piece) => ({ ...piece, incident_id: incidentAt(piece), cleared_at: null })),
  )
}

/** Keeps pieces that are explained already: counted to their incident and cleared at once. */
export async function keepPieces(
  transaction: Transaction,
  pieces: (Arriving & { incident_id: string | null; cleared_at: Date | null })[],
): Promise<number> {
  if (pieces.length === 0) return 0
  const { newest } = await transaction.one<{ newest: number }>('incidents/keep_pieces', {
    sections: pieces.map(({ section }) => section),
    kinds: pieces.map(({ kind }) => kind),
    instants: pieces.map(({ at }) => at),
    points: pieces.map(({ service_point_id }) => service_point_id),
    transformers: pieces.map(({ transformer_id }) => transformer_id),
    reports: pieces.map(({ report_id }) => report_id ?? null),
    symptoms: pieces.map(({ symptom }) => symptom ?? null),
    incidents: pieces.map(({ incident_id }) => incident_id),
    cleared: pieces.map(({ cleared_at }) => cleared_at),
  })
  return newest
}

function incidentsByPlace({ network }: GridModel, grounds: Ground[]): (piece: Arriving) => string | null {
  const whole = new Map<number, string>()
  const single = new Map<number, string>()
  for (const { id, extent } of grounds) {
    if (extent.points === null) for (const transformer of extent.transformers) whole.set(transformer, id)
    else for (const point of extent.points) single.set(point, id)
  }
  return ({ service_point_id, transformer_id }) => {
    const point = service_point_id === null ? -1 : network.servicePoints.ids.find(service_point_id)
    return single.get(point) ?? whole.get(network.transformers.ids.find(transformer_id)) ?? null
  }
}
