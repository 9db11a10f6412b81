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

/** Searches outward from the heads of `trees` at once, through nodes that no tree holds yet; the lit before the dark. */
function growTrees(network: Network, supply: Supply, trees: number[]): void {
  const found = new Map<number, number[]>(trees.map((tree) => [tree, []]))
  const queue: number[] = []
  const take = (node: number, equipment: number, tree: number, dark: number) => {
    supply.treeOf[node] = tree
    supply.fedBy[node] = equipment
    supply.dark[node] = dark
    found.get(tree)!.push(node)
    queue.push(node)
  }
  for (const dark of [0, 1]) {
    for (const tree of trees) {
      const { equipment, source } = supply.headOf[tree]!
      const node = otherEnd(network, equipment, source)
      if (!passes(network, supply, equipment, dark)) continue
      if (supply.treeOf[node] === UNFED) take(node, equipment, tree, dark)
      else if (!supply.open[equipment] && supply.fedBy[node] !== equipment) supply.loops.add(equipment)
    }
    for (let next = 0; next < queue.length; next++) {
      const node = queue[next]!
      for (const equipment of itemsOf(network.equipmentAt, node)) {
        if (!passes(network, supply, equipment, dark) || equipment === supply.fedBy[node]) continue
        const beyond = otherEnd(network, equipment, node)
        if (supply.treeOf[beyond] === UNFED) take(beyond, equipment, supply.treeOf[node]!, dark)
        else if (!supply.open[equipment] && supply.fedBy[beyond] !== equipment) supply.loops.add(equipment)
      }
    }
  }
  for (const [tree, nodes] of found) supply.trees[tree] = Int32Array.from(nodes)
}

/** Closed equipment passes; in the search for the dark, so does what is open but should be closed. */
function passes(network: Network, supply: Supply, equipment: number, dark: number): boolean {
  return supply.open[equipment] === 0 || (dark === 1 && network.equipment.normallyOpen[equipment] === 0)
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
