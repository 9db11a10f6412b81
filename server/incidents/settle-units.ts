// Settles several units that are locked together, each once for all that it heard.
import type { Arriving } from './arriving.ts'
import type { LockedUnit } from './engine.ts'
import { settleUnit } from './settle.ts'
import type { Settling } from './settling.ts'

/** While the database writes what one unit came to, the next one is thought about; more lanes only hold more in memory. */
const lanes = 8

/** Settles all of `locked` with what is `arriving` in them; answers the names of the incidents that changed. */
export async function settleUnits(
  { transaction, model, now, actor }: Omit<Settling, 'sections'>,
  locked: LockedUnit[],
  arriving: Arriving[],
): Promise<string[]> {
  const { ids } = model.network.transformers
  const byUnit = new Map<number, Arriving[]>(locked.map(({ unit }) => [unit, []]))
  for (const piece of arriving) byUnit.get(model.units.unitOf[ids.find(piece.transformer_id)]!)!.push(piece)
  const changed = new Set<string>()
  const settle = async ({ unit, sections, ahead }: LockedUnit) => {
    const settling = { transaction, model, sections, now, actor }
    for (const incident of await settleUnit(settling, unit, byUnit.get(unit)!, ahead)) changed.add(incident.id)
  }
  await inLanes(sharingSections(locked), lanes, async (together) => {
    for (const each of together) await settle(each)
  })
  return [...changed]
}

/** Does all of `work`, `lanes` at a time, and ends only once none is under way: a transaction outlives every statement of it. */
export async function inLanes<T>(work: Iterable<T>, lanes: number, take: (each: T) => Promise<void>): Promise<void> {
  const waiting = work[Symbol.iterator]()
  const failures: unknown[] = []
  const run = async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      if (failures.length > 0) return
      // What follows the first failure in an aborted transaction fails for no reason of its own.
      await take(next.value).catch((reason: unknown) => failures.push(reason))
    }
  }
  await Promise.all(Array.from({ length: lanes }, run))
  if (failures.length > 0) throw failures[0]
}

/** The units, those with a section in common together: of one section's incidents nobody else may think meanwhile. */
function sharingSections(units: LockedUnit[]): LockedUnit[][] {
  const groupOf = new Map<string, LockedUnit[]>()
  for (const each of units) {
    const group: LockedUnit[] = [each]
    for (const { name } of each.sections) {
      const other = groupOf.get(name)
      if (other && other !== group) {
        group.push(...other.filter((one) => !group.includes(one)))
        for (const one of other) for (const section of one.sections) groupOf.set(section.name, group)
      }
      groupOf.set(name, group)
    }
  }
  return [...new Set(groupOf.values())]
}
