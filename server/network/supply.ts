// Which node is fed from where, as switched now: one radial tree for each piece of equipment that leaves a source. Breadth-
// first search over the closed equipment; what stays unfed is then hung, dark, behind the opened device that keeps it so, so
// that its customers still belong somewhere. Linear in what is searched; a switched device re-traces its own trees only.
import type { Network } from './build-network.ts'
import { itemsOf } from './group-by.ts'

/** `treeOf` of a node that no source reaches. */
export const UNFED = -1
/** `treeOf` of a source itself: it feeds several trees and lies in none. */
export const SOURCE = -2

export type Supply = {
  /** 1 where the equipment is open now. */
  open: Uint8Array
  /** The tree of each node, `UNFED` or `SOURCE`. */
  treeOf: Int32Array
  /** The equipment through which each node is fed (or would be, if dark), or -1. */
  fedBy: Int32Array
  /** 1 where a node has no supply because a normally closed device above it is open. */
  dark: Uint8Array
  /** The nodes of each tree, the nearest to the source first. */
  trees: Int32Array[]
  /** The equipment that leaves the source and the source node, by tree. */
  headOf: { equipment: number; source: number }[]
  /** Closed equipment that closes a ring or ties two trees together. */
  loops: Set<number>
}

/** The other end of a piece of equipment. */
export function otherEnd(network: Network, equipment: number, node: number): number {
  const { from, to } = network.equipment
  return from[equipment] === node ? to[equipment]! : from[equipment]!
}

/** Traces everything in its normal state but for `open`, where given (1 for open, by equipment). */
export function traceSupply(network: Network, open: Uint8Array = network.equipment.normallyOpen.slice()): Supply {
  const treeOf = new Int32Array(network.nodes.size).fill(UNFED)
  const supply: Supply = {
    open,
    treeOf,
    fedBy: new Int32Array(network.nodes.size).fill(-1),
    dark: new Uint8Array(network.nodes.size),
    trees: [],
    headOf: [],
    loops: new Set(),
  }
  for (const source of network.sources) treeOf[source] = SOURCE
  for (const source of network.sources)
    for (const equipment of itemsOf(network.equipmentAt, source)) supply.headOf.push({ equipment, source })
  supply.trees = supply.headOf.map(() => new Int32Array(0))
  growTrees(
    network,
    supply,
    supply.headOf.map((_, tree) => tree),
  )
  return supply
}

/** A way on through a device that should be closed but is open: what lies beyond it is dark. */
type Crossing = { equipment: number; beyond: number; tree: number }

/**
 * Searches outward from the heads of `trees` at once, through nodes that no tree holds yet: first all that is lit, through
 * closed equipment; then the dark, each node behind the fewest open devices, so that it hangs where it is switched to now.
 */
function growTrees(network: Network, supply: Supply, trees: number[]): void {
  const found = new Map<number, number[]>(trees.map((tree) => [tree, []]))
  const queue: number[] = []
  let crossings: Crossing[] = []
  const take = ({ equipment, beyond, tree }: Crossing, dark: number) => {
    supply.treeOf[beyond] = tree
    supply.fedBy[beyond] = equipment
    supply.dark[beyond] = dark
    found.get(tree)!.push(beyond)
    queue.push(beyond)
  }
  const reach = (crossing: Crossing) => {
    const { equipment, beyond } = crossing
    if (supply.open[equipment] === 1) {
      if (network.equipment.normallyOpen[equipment] === 0) crossings.push(crossing)
    } else if (supply.treeOf[beyond] === UNFED) return true
    else if (supply.fedBy[beyond] !== equipment) supply.loops.add(equipment)
    return false
  }
  const flood = (first: number, dark: number) => {
    for (let next = first; next < queue.length; next++) {
      const node = queue[next]!
      for (const equipment of itemsOf(network.equipmentAt, node)) {
        if (equipment === supply.fedBy[node]) continue
        const crossing = { equipment, beyond: otherEnd(network, equipment, node), tree: supply.treeOf[node]! }
        if (reach(crossing)) take(crossing, dark)
      }
    }
  }
  for (const tree of trees) {
    const { equipment, source } = supply.headOf[tree]!
    const crossing = { equipment, beyond: otherEnd(network, equipment, source), tree }
    if (reach(crossing)) take(crossing, 0)
  }
  flood(0, 0)
  while (crossings.length > 0) {
    const round = crossings
    crossings = []
    for (const crossing of round) {
      if (supply.treeOf[crossing.beyond] !== UNFED) continue
      take(crossing, 1)
      flood(queue.length - 1, 1)
    }
  }
  for (const [tree, nodes] of found) supply.trees[tree] = Int32Array.from(nodes)
}

/** Opens or closes equipment and traces again the trees at its ends; answers with those trees. */
export function switchEquipment(
  network: Network,
  supply: Supply,
  changes: { equipment: number; open: boolean }[],
): number[] {
  const concerned = new Set<number>()
  const concern = (node: number) => supply.treeOf[node]! >= 0 && concerned.add(supply.treeOf[node]!)
  for (const { equipment, open } of changes) {
    if (supply.open[equipment] === (open ? 1 : 0)) continue
    supply.open[equipment] = open ? 1 : 0
    concern(network.equipment.from[equipment]!)
    concern(network.equipment.to[equipment]!)
    supply.headOf.forEach((head, tree) => head.equipment === equipment && concerned.add(tree))
  }
  // A ring through another tree may become its only way, so trees tied to the concerned ones are traced with them.
  for (const equipment of supply.loops)
    if (touches(network, supply, equipment, concerned)) {
      concern(network.equipment.from[equipment]!)
      concern(network.equipment.to[equipment]!)
      supply.loops.delete(equipment)
    }
  const trees = [...concerned].sort((a, b) => a - b)
  for (const tree of trees)
    for (const node of supply.trees[tree]!) {
      supply.treeOf[node] = UNFED
      supply.fedBy[node] = -1
      supply.dark[node] = 0
    }
  growTrees(network, supply, trees)
  return trees
}

function touches(network: Network, supply: Supply, equipment: number, trees: Set<number>): boolean {
  const { from, to } = network.equipment
  return trees.has(supply.treeOf[from[equipment]!]!) || trees.has(supply.treeOf[to[equipment]!]!)
}
