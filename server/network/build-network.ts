// The grid as plain typed arrays: nodes, equipment between them, transformers, low-voltage plant and service points. Built
// once from rows in linear time; 1.78 million service points take about 130 MB. Never changes: switching is in `supply.ts`.
import { groupBy, type Grouped } from './group-by.ts'
import { Identifiers } from './identifiers.ts'
import type { EquipmentKind, LvEquipmentKind, NetworkRows } from './rows.ts'

export const equipmentKinds: readonly EquipmentKind[] = ['breaker', 'recloser', 'switch', 'fuse', 'line']
export const lvEquipmentKinds: readonly LvEquipmentKind[] = ['lv_branch', 'meter_box']

/** Why a row was kept aside; `says` is for a dispatcher. */
export type NetworkRemark = { id: string; says: string }

export type Network = {
  nodes: Identifiers
  feeders: Identifiers
  equipment: {
    ids: Identifiers
    /** Index into `equipmentKinds`. */
    kind: Uint8Array
    from: Int32Array
    to: Int32Array
    feeder: Int32Array
    normallyOpen: Uint8Array
    telemetered: Uint8Array
  }
  /** Equipment at each node. */
  equipmentAt: Grouped
  /** Source nodes. */
  sources: Int32Array
  /** `node` and `feeder` are -1 where not given. */
  transformers: { ids: Identifiers; node: Int32Array; feeder: Int32Array }
  transformersAt: Grouped
  /** `parent` is -1 directly below the transformer. */
  lvEquipment: { ids: Identifiers; kind: Uint8Array; transformer: Int32Array; parent: Int32Array }
  lvEquipmentOf: Grouped
  /** `lvEquipment` is -1 directly at the transformer; `flags` is a sum of `METERED` and `DISCONNECTED`. */
  servicePoints: { ids: Identifiers; transformer: Int32Array; lvEquipment: Int32Array; flags: Uint8Array }
  servicePointsOf: Grouped
  remarks: NetworkRemark[]
}

export const METERED = 1
export const DISCONNECTED = 2

/** A growing list of integers that ends as a typed array. */
class Integers {
  private store = new Int32Array(256)
  private length = 0
  push(value: number): void {
    if (this.length === this.store.length) {
      const larger = new Int32Array(this.length * 2)
      larger.set(this.store)
      this.store = larger
    }
    this.store[this.length++] = value
  }
  done(): Int32Array {
    return this.store.slice(0, this.length)
  }
}

function readEquipment(rows: NetworkRows, nodes: Identifiers, feeders: Identifiers, remarks: NetworkRemark[]) {
  const ids = new Identifiers()
  const [kind, from, to, feeder] = [new Integers(), new Integers(), new Integers(), new Integers()]
  const [normallyOpen, telemetered] = [new Integers(), new Integers()]
  for (const row of rows.equipment ?? []) {
    if (ids.find(row.id) >= 0) {
      remarks.push({ id: row.id, says: `equipment ${row.id} is given twice; the first stands` })
      continue
    }
    ids.add(row.id)
    kind.push(equipmentKinds.indexOf(row.kind))
    from.push(nodes.add(row.from_node))
    to.push(nodes.add(row.to_node))
    feeder.push(row.feeder_id ? feeders.add(row.feeder_id) : -1)
    normallyOpen.push(row.normal_state === 'open' ? 1 : 0)
    telemetered.push(row.telemetered ? 1 : 0)
  }
  return {
    ids,
    kind: Uint8Array.from(kind.done()),
    from: from.done(),
    to: to.done(),
    feeder: feeder.done(),
    normallyOpen: Uint8Array.from(normallyOpen.done()),
    telemetered: Uint8Array.from(telemetered.done()),
  }
}

/** Source nodes; where the folder names none, the upper ends of the breakers, because a feeder begins at its breaker. */
function readSources(rows: NetworkRows, nodes: Identifiers, equipment: Network['equipment'], remarks: NetworkRemark[]) {
  const named = new Set<number>()
  for (const row of rows.sources ?? []) named.add(nodes.add(row.node))
  if (named.size > 0 || equipment.ids.size === 0) return Int32Array.from(named)
  const fed = new Set(equipment.to)
  for (let index = 0; index < equipment.ids.size; index++) {
    const upper = equipment.from[index]!
    if (equipmentKinds[equipment.kind[index]!] === 'breaker' && !fed.has(upper)) named.add(upper)
  }
  remarks.push({ id: 'sources', says: `no source is named; ${named.size} heads of breakers are taken as sources` })
  return Int32Array.from(named)
}

function readTransformers(rows: NetworkRows, nodes: Identifiers, feeders: Identifiers): Network['transformers'] {
  const ids = new Identifiers()
  const [node, feeder] = [new Integers(), new Integers()]
  for (const row of rows.transformers) {
    if (ids.find(row.id) >= 0) continue
    ids.add(row.id)
    node.push(row.node ? nodes.add(row.node) : -1)
    feeder.push(row.feeder_id ? feeders.add(row.feeder_id) : -1)
  }
  return { ids, node: node.done(), feeder: feeder.done() }
}

function readLvEquipment(rows: NetworkRows, transformers: Identifiers, remarks: NetworkRemark[]) {
  const ids = new Identifiers()
  const [kind, transformer] = [new Integers(), new Integers()]
  const parentIds: (string | null)[] = []
  for (const row of rows.lvEquipment ?? []) {
    const owner = transformers.find(row.transformer_id)
    if (owner < 0 || ids.find(row.id) >= 0) {
      remarks.push({ id: row.id, says: `low-voltage equipment ${row.id} hangs on no known transformer or comes twice` })
      continue
    }
    ids.add(row.id)
    kind.push(lvEquipmentKinds.indexOf(row.kind))
    transformer.push(owner)
    parentIds.push(row.parent_id || null)
  }
  const parent = Int32Array.from(parentIds, (id) => (id === null ? -1 : ids.find(id)))
  const lvEquipment = { ids, kind: Uint8Array.from(kind.done()), transformer: transformer.done(), parent }
  cutLoopsOfParents(lvEquipment, remarks)
  return lvEquipment
}

/** A chain of parents that bites its tail, or leads below another transformer, is hung directly below its transformer. */
function cutLoopsOfParents(lvEquipment: Network['lvEquipment'], remarks: NetworkRemark[]): void {
  const { ids, transformer, parent } = lvEquipment
  const settledIn = new Int32Array(ids.size).fill(-1)
  for (let start = 0; start < ids.size; start++) {
    for (let at = start; settledIn[at] === -1;) {
      settledIn[at] = start
      const above = parent[at]!
      if (above < 0) break
      if (settledIn[above] === start || transformer[above] !== transformer[at]) {
        remarks.push({
          id: ids.nameOf(at),
          says: `${ids.nameOf(at)} has a parent that cannot feed it; taken as fed directly`,
        })
        parent[at] = -1
        break
      }
      at = above
    }
  }
}

function readServicePoints(rows: NetworkRows, transformers: Identifiers, lv: Network['lvEquipment']) {
  const ids = new Identifiers()
  const [transformer, lvEquipment, flags] = [new Integers(), new Integers(), new Integers()]
  for (const row of rows.servicePoints) {
    const owner = transformers.find(row.transformer_id)
    if (owner < 0 || ids.find(row.id) >= 0) continue
    ids.add(row.id)
    transformer.push(owner)
    const box = row.lv_equipment_id ? lv.ids.find(row.lv_equipment_id) : -1
    lvEquipment.push(box >= 0 && lv.transformer[box] === owner ? box : -1)
    flags.push((row.metered ? METERED : 0) + (row.disconnected ? DISCONNECTED : 0))
  }
  return {
    ids,
    transformer: transformer.done(),
    lvEquipment: lvEquipment.done(),
    flags: Uint8Array.from(flags.done()),
  }
}

/**
 * Builds the network. Rows that refer to nothing are left out with a remark (service points silently: the import has
 * refused and listed them before). Linear in the number of rows.
 */
export function buildNetwork(rows: NetworkRows): Network {
  const remarks: NetworkRemark[] = []
  const [nodes, feeders] = [new Identifiers(), new Identifiers()]
  const equipment = readEquipment(rows, nodes, feeders, remarks)
  const sources = readSources(rows, nodes, equipment, remarks)
  const transformers = readTransformers(rows, nodes, feeders)
  const lvEquipment = readLvEquipment(rows, transformers.ids, remarks)
  const servicePoints = readServicePoints(rows, transformers.ids, lvEquipment)
  return {
    nodes,
    feeders,
    equipment,
    equipmentAt: groupEnds(equipment, nodes.size),
    sources,
    transformers,
    transformersAt: groupBy(transformers.node, nodes.size),
    lvEquipment,
    lvEquipmentOf: groupBy(lvEquipment.transformer, transformers.ids.size),
    servicePoints,
    servicePointsOf: groupBy(servicePoints.transformer, transformers.ids.size),
    remarks,
  }
}

/** Equipment by either of its end nodes. */
function groupEnds({ from, to }: Network['equipment'], nodeCount: number): Grouped {
  const ends = new Int32Array(from.length * 2)
  for (let index = 0; index < from.length; index++) {
    ends[index * 2] = from[index]!
    ends[index * 2 + 1] = from[index] === to[index] ? -1 : to[index]!
  }
  const grouped = groupBy(ends, nodeCount)
  return { starts: grouped.starts, items: grouped.items.map((end) => end >> 1) }
}
