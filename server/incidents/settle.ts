// Settles one unit of the network: what the model infers from the evidence becomes incidents, and those that stand are moved,
// swallowed or withdrawn. Everything is in the caller's transaction, under the sections' lock.
import type { IncidentReceipt, IncidentSummary } from '../contract/incidents.ts'
import { createId } from '../database/index.ts'
import { keepArriving, type Arriving } from './arriving.ts'
import { goOn, goOutAgain, isNews, rivalsOf, statusOf, swallow, withdraw } from './carry-on.ts'
import { hearUnit } from './engine.ts'
import { explainerOf, type Explainer } from './explain.ts'
import { deviceOf, extentOf, findDevice, namesOf, type Extent } from './extent.ts'
import { groupHouseholds } from './group-households.ts'
import type { Engine, GridModel } from './grid-model.ts'
import type { DeviceRef, Settled } from './inference/index.ts'
import { openIncident } from './open-incident.ts'
import { reconcile, type Inferred, type Standing } from './reconcile.ts'
import { isWorthOpening, movableStates } from './rules.ts'
import { readSightings } from './sightings.ts'
import { readStanding, type ReadAhead, type Settling, type StandingRow } from './settling.ts'

/** Settles `unit` with what is just `arriving`; answers with the incidents that changed, by the event each got. */
export async function settleUnit(
  settling: Settling,
  unit: number,
  arriving: Arriving[] = [],
  ahead: ReadAhead | null = null,
): Promise<IncidentSummary[]> {
  const { transaction, model, sections, now } = settling
  const rows = ahead?.standing ?? (await readStanding(settling))
  const known = rows.filter((row) => !row.hazard && !movableStates.includes(row.status))
  const sightings = await readSightings(settling, unit, known)
  const settled = await hearUnit(transaction, model, unit, sections, { sightings, arriving, ahead }, now)
  const standing = rows
    .filter((row) => !row.hazard && movableStates.includes(row.status))
    .map((row) => standingOf(model, row))
    .filter(({ extent }) => isOfUnit(model, unit, extent))
  const explain = explainerOf(model, settled.engine, settled, now)
  const { goesOn, opens, swallowed, unfounded } = reconcile(standing, inferAll(model, settled.engine, settled))
  const again = opens.flatMap((each) => {
    const row = known.find((one) => one.equipment_id === each.device.id)
    return row ? [{ row, inferred: each }] : []
  })
  const openings = opens
    .filter((each) => again.every(({ inferred }) => inferred !== each))
    .flatMap((each) => planOpening(each, explain, takerOf(model, each.extent, arriving)))
  const keeping = keepArriving(transaction, model, arriving, [
    ...goesOn.map(({ standing: each, inferred }) => ({ id: each.id, extent: inferred.extent })),
    ...openings.map(({ id, inferred }) => ({ id, extent: inferred.extent })),
  ])
  const [newest, parents] = await Promise.all([
    keeping,
    Promise.all(openings.map(({ inferred }) => findParent(settling, inferred.extent))),
  ])
  settled.engine.heardUpTo = Math.max(settled.engine.heardUpTo, newest)
  const changed: IncidentSummary[] = []
  for (const each of swallowed) await swallow(settling, each.standing.id, each.by.id)
  const statusOfRow = (id: string) => rows.find((row) => row.id === id)!.status
  for (const each of unfounded)
    changed.push(
      ...(await withdraw(settling, each, statusOfRow(each.id), backNearby(model, settled.engine, each.extent))),
    )
  const news = goesOn
    .map(({ standing: each, inferred }) => ({
      before: rows.find((row) => row.id === each.id)!,
      inferred,
      tookIn: swallowed.some(({ by }) => by.id === each.id),
    }))
    .filter(({ before, inferred, tookIn }) => tookIn || isNews(settling, before, inferred, settled.fresh))
  const carried = news.map(({ before, inferred, tookIn }) => goOn(settling, before, inferred, explain, tookIn))
  changed.push(...(await Promise.all(carried)))
  for (const { row, inferred } of again) changed.push(await goOutAgain(settling, row, inferred))
  const opened = openings.map((each, index) => openInferred(settling, each, parents[index]!, explain))
  return [...changed, ...(await Promise.all(opened))]
}

/** When the neighbours came back of those who had spoken from `extent`, where theirs is taken to be back with them; else null. */
function backNearby({ network }: GridModel, { feeder }: Engine, { transformers, points }: Extent): Date | null {
  let backAt = 0
  for (const leaf of feeder.heard.leaves.values()) {
    const isThere =
      points?.includes(leaf.point) ?? transformers.includes(network.servicePoints.transformer[leaf.point]!)
    if (isThere) backAt = Math.max(backAt, leaf.backAt)
  }
  return backAt > 0 ? new Date(backAt) : null
}

/** What the model infers, as the incidents that it would be; who is behind a device opened on purpose is out by that device. */
function inferAll(model: GridModel, { standIns }: Engine, { incidents, switchedOff }: Settled): Inferred[] {
  const single = [...incidents.filter(({ told }) => !told), ...switchedOff].map((incident) =>
    inferredOf(model, incident, standIns),
  )
  return groupHouseholds(single, (transformer) => model.network.transformers.ids.nameOf(transformer))
}

function standingOf(model: GridModel, row: StandingRow): Standing {
  const device = findDevice(model, row.equipment_id)
  return {
    id: row.id,
    device: { id: row.equipment_id, kind: row.equipment_kind },
    extent: device ? extentOf(model, device) : { transformers: [], points: null },
    startedAt: row.started_at,
    hasCrew: row.has_crew,
  }
}

/** Where a feeder is switched into pieces, each settles its own ground; what lies on no ground any more is anybody's. */
function isOfUnit({ units }: GridModel, unit: number, { transformers }: Extent): boolean {
  return transformers.length === 0 || transformers.some((each) => units.unitOf[each] === unit)
}

/** A household that only stands in for a caller is not what failed: as far as anyone knows it is something at its transformer. */
function inferredOf(model: GridModel, incident: Inferred['incident'], standIns: Set<number>): Inferred {
  const { kind, item } = incident.device
  const unknown = kind === 'service_point' && standIns.has(item)
  const device: DeviceRef = unknown
    ? { kind: 'transformer', item: model.network.servicePoints.transformer[item]! }
    : incident.device
  return { device: deviceOf(model, device), extent: extentOf(model, device), incident }
}

/** An incident to be opened; its name is given first, so that the evidence for it can be kept under it. */
type PlannedOpening = { id: string; inferred: Inferred; receipts: IncidentReceipt[]; taker: string | null }

/** The opening, or nothing where it is not worth one. */
function planOpening(inferred: Inferred, explain: Explainer, taker: string | null): PlannedOpening[] {
  const { probability, told, switched } = inferred.incident
  const receipts = explain.receipts(inferred.incident)
  const isReported = receipts.some(({ kind }) => kind === 'report')
  return isWorthOpening({ probability, told, switched, isReported })
    ? [{ id: createId('inc'), inferred, receipts, taker }]
    : []
}

/** Who took the first of the arriving reports on this ground; null where meters alone spoke. */
function takerOf({ network }: GridModel, { transformers, points }: Extent, arriving: Arriving[]): string | null {
  const isThere = ({ transformer_id, service_point_id }: Arriving) =>
    points === null
      ? transformers.includes(network.transformers.ids.find(transformer_id))
      : points.includes(network.servicePoints.ids.find(service_point_id ?? ''))
  return arriving.find((piece) => piece.taker !== undefined && isThere(piece))?.taker ?? null
}

type Parent = { id: string; started_at: Date } | null

function openInferred(
  settling: Settling,
  { id, inferred, receipts, taker }: PlannedOpening,
  parent: Parent,
  explain: Explainer,
): Promise<IncidentSummary> {
  const signAt = new Date(Math.min(inferred.incident.firstSignAt || settling.now.getTime(), settling.now.getTime()))
  const startedAt = parent?.started_at ?? signAt
  return openIncident(settling, {
    id,
    device: inferred.device,
    extent: inferred.extent,
    parentId: parent?.id ?? null,
    status: statusOf(settling, inferred, startedAt),
    probability: inferred.incident.probability,
    rivals: rivalsOf(settling.model, inferred),
    receipts,
    nextCheck: explain.nextCheck(inferred.incident),
    startedAt,
    taker,
  })
}

/** The incident that was restored for those who now say they are still out: theirs is nested in it, from its first minute. */
function findParent({ transaction, model, sections, now }: Settling, extent: Extent): Promise<Parent> {
  const { transformers, points } = namesOf(model, extent)
  return transaction.maybe('incidents/find_parent', {
    sections: sections.map(({ name }) => name),
    transformers,
    points,
    now,
  })
}
