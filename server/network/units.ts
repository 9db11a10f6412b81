// What is judged together: one unit for each tree of the supply; transformers without a place on the graph hang below the
// head of their feeder or, where that has no graph either, form a unit by themselves in which nothing stands above them.
import type { Network } from './build-network.ts'
import { itemsOf } from './group-by.ts'
import { SOURCE, UNFED, type Supply } from './supply.ts'

export type Units = {
  /** The unit of each transformer. */
  unitOf: Int32Array
  /** Tree of each unit, or -1 for a unit without a graph. */
  treeOf: number[]
  /** Transformers by unit that hang below the head of the feeder, or alone: they have no fed node of their own. */
  loose: number[][]
}

export function groupIntoUnits(network: Network, supply: Supply): Units {
  const { ids, node, feeder } = network.transformers
  const treeOf = supply.headOf.map((_, tree) => tree)
  const loose: number[][] = treeOf.map(() => [])
  const headTreeOf = treesByFeeder(network, supply)
  const unitOf = new Int32Array(ids.size)
  const unitOfFeeder = new Map<number, number>()
  for (let transformer = 0; transformer < ids.size; transformer++) {
    const tree = node[transformer]! < 0 ? UNFED : supply.treeOf[node[transformer]!]!
    if (tree >= 0) {
      unitOf[transformer] = tree
      continue
    }
    const ownFeeder = feeder[transformer]!
    const onGraph = node[transformer]! >= 0 && itemsOf(network.equipmentAt, node[transformer]!).length > 0
    let unit = onGraph || tree === SOURCE ? undefined : headTreeOf.get(ownFeeder)
    unit ??= ownFeeder >= 0 ? unitOfFeeder.get(ownFeeder) : undefined
    if (unit === undefined) {
      unit = treeOf.push(-1) - 1
      loose.push([])
      if (ownFeeder >= 0) unitOfFeeder.set(ownFeeder, unit)
    }
    unitOf[transformer] = unit
    loose[unit]!.push(transformer)
  }
  return { unitOf, treeOf, loose }
}

/** The tree that each feeder begins in. */
function treesByFeeder(network: Network, supply: Supply): Map<number, number> {
  const trees = new Map<number, number>()
  const note = (equipment: number, tree: number) => {
    const feeder = network.equipment.feeder[equipment]!
    if (feeder >= 0 && !trees.has(feeder)) trees.set(feeder, tree)
  }
  supply.headOf.forEach(({ equipment }, tree) => note(equipment, tree))
  supply.trees.forEach((nodes, tree) => nodes.forEach((node) => note(supply.fedBy[node]!, tree)))
  return trees
}
