// Who is left without supply when something is switched off: traced on the graph as switched now.
import type { GridModel } from '../incidents/index.ts'
import { downstreamOf, isEnergised, traceSupply, type Network } from '../network/index.ts'
import type { PlannedPart } from '../contract/planned-outages.ts'

export type SwitchedOff = { equipment_ids: readonly string[]; transformer_ids: readonly string[] }

/** What of it is not in the network. */
export function unknownOf({ network }: GridModel, { equipment_ids, transformer_ids }: SwitchedOff): string[] {
  return [
    ...equipment_ids.filter((id) => network.equipment.ids.find(id) < 0),
    ...transformer_ids.filter((id) => network.transformers.ids.find(id) < 0),
  ]
}

/**
 * The transformers without supply, by identifier. Below one device everything is out, unless a ring feeds it from the other side:
 * only then is the whole network traced once more with the devices open. Linear in what lies below them.
 */
export function traceOut({ network, supply }: GridModel, off: SwitchedOff): string[] {
  const equipment = off.equipment_ids.map((id) => network.equipment.ids.find(id)).filter((each) => each >= 0)
  const out = new Set(off.transformer_ids.map((id) => network.transformers.ids.find(id)).filter((each) => each >= 0))
  const nodes = new Set<number>()
  const below = new Set<number>()
  for (const each of equipment) {
    const found = downstreamOf(network, supply, each)
    for (const node of found.nodes) nodes.add(node)
    for (const transformer of found.transformers) below.add(transformer)
  }
  const fedElsewhere = isRinged(network, supply.loops, nodes, new Set(equipment))
    ? lightAfter(network, supply.open, equipment)
    : () => false
  for (const transformer of below) if (!fedElsewhere(transformer)) out.add(transformer)
  return [...out].map((each) => network.transformers.ids.nameOf(each)).sort()
}

function isRinged(network: Network, loops: Set<number>, nodes: Set<number>, off: Set<number>): boolean {
  const { from, to } = network.equipment
  for (const loop of loops) if (!off.has(loop) && nodes.has(from[loop]!) !== nodes.has(to[loop]!)) return true
  return false
}

/** Whether a transformer still has supply once `equipment` is open. */
function lightAfter(network: Network, open: Uint8Array, equipment: number[]): (transformer: number) => boolean {
  const opened = open.slice()
  for (const each of equipment) opened[each] = 1
  const after = traceSupply(network, opened)
  return (transformer) => isEnergised(network, after, transformer)
}

/** Each transformer that the parts leave without supply, and when the last work above it ends. */
export function traceParts(model: GridModel, parts: readonly PlannedPart[]): Map<string, Date> {
  const ends = new Map<string, Date>()
  for (const part of parts) {
    const endsAt = new Date(part.ends_at)
    for (const id of traceOut(model, part)) {
      const known = ends.get(id)
      if (!known || known < endsAt) ends.set(id, endsAt)
    }
  }
  return ends
}
