// Questions asked of the supply as switched now: what feeds this, what hangs below that, what is fed by nothing.
import type { Network } from './build-network.ts'
import { itemsOf } from './group-by.ts'
import { otherEnd, UNFED, type Supply } from './supply.ts'

export type Downstream = { nodes: number[]; transformers: number[]; servicePointCount: number }

/** Whether a transformer has supply as switched now; one that is not on the graph is taken to have it. */
export function isEnergised(network: Network, supply: Supply, transformer: number): boolean {
  const node = network.transformers.node[transformer]!
  if (node < 0 || itemsOf(network.equipmentAt, node).length === 0) return true
  return supply.treeOf[node] !== UNFED && supply.dark[node] === 0
}

/** The equipment from a node up to its source, nearest first; empty where nothing feeds it. */
export function upstreamPath(network: Network, supply: Supply, node: number): number[] {
  const path: number[] = []
  for (let at = node; supply.fedBy[at]! >= 0; at = otherEnd(network, supply.fedBy[at]!, at))
    path.push(supply.fedBy[at]!)
  return path
}

/** Everything fed through one piece of equipment as switched now, or that would be if it were not open. */
export function downstreamOf(network: Network, supply: Supply, equipment: number): Downstream {
  const { from, to } = network.equipment
  const below = [from[equipment]!, to[equipment]!].find((node) => supply.fedBy[node] === equipment)
  const nodes = below === undefined ? [] : [below]
  for (let next = 0; next < nodes.length; next++)
    for (const each of itemsOf(network.equipmentAt, nodes[next]!)) {
      const beyond = otherEnd(network, each, nodes[next]!)
      if (supply.fedBy[beyond] === each && each !== supply.fedBy[nodes[next]!]) nodes.push(beyond)
    }
  const transformers = nodes.flatMap((node) => [...itemsOf(network.transformersAt, node)])
  const servicePointCount = transformers.reduce((sum, each) => sum + itemsOf(network.servicePointsOf, each).length, 0)
  return { nodes, transformers, servicePointCount }
}

/** Rings and islands in words that a dispatcher understands; the islands are transformers on the graph that nothing feeds. */
export function remarkOnSupply(network: Network, supply: Supply): string[] {
  const remarks = [...supply.loops].map(
    (equipment) => `${network.equipment.ids.nameOf(equipment)} closes a ring: both its ends are fed without it`,
  )
  for (let transformer = 0; transformer < network.transformers.ids.size; transformer++)
    if (!isEnergised(network, supply, transformer) && supply.treeOf[network.transformers.node[transformer]!] === UNFED)
      remarks.push(
        `${network.transformers.ids.nameOf(transformer)} is on an island: no source reaches it as switched now`,
      )
  return remarks
}
