// The messages of a unit in which nobody has said anything: computed once, so that later only the devices above actual
// evidence are worked on. One pass from the leaves to the root; linear in devices × circumstances.
import type { DeviceTree } from './device-tree.ts'
import { newLeaf } from './evidence.ts'
import { darkLikelihood, litLikelihood, tallyLeaf } from './likelihood.ts'
import type { InferenceParameters } from './parameters.ts'
import { logAdd, type Circumstance, type FaultRates } from './rates.ts'

export type PriorMessages = {
  /** log P(silence below | supply above is there), by device × circumstance. */
  lit: Float64Array
  /** The same given that the device itself is closed: the product over what hangs below it. */
  litBelow: Float64Array
  /** log P(telemetry's silence below | no supply above), by device. */
  toldBelow: Float64Array
  /** log failure rate and log of its complement by device. */
  logRate: Float64Array
  logComplement: Float64Array
  /** log P(telemetry's silence | the device is open). */
  untold: Float64Array
  /** One silent service point by circumstance and mix. */
  silentLeaf: Float64Array
}

export function computePriorMessages(
  tree: DeviceTree,
  rates: FaultRates,
  circumstances: readonly Circumstance[],
  parameters: InferenceParameters,
): PriorMessages {
  const [size, width] = [tree.kind.length, circumstances.length]
  const prior: PriorMessages = {
    lit: new Float64Array(size * width),
    litBelow: new Float64Array(size * width),
    toldBelow: new Float64Array(size),
    logRate: Float64Array.from(tree.kind, (kind, device) => (device === 0 ? -Infinity : Math.log(rates[kind]))),
    logComplement: Float64Array.from(tree.kind, (kind, device) => (device === 0 ? 0 : Math.log1p(-rates[kind]))),
    untold: Float64Array.from(tree.telemetered, (told) => (told ? Math.log(1 - parameters.openingToldRate) : 0)),
    silentLeaf: silentLeaves(rates.service_point, circumstances, parameters),
  }
  for (let device = size - 1; device >= 0; device--) {
    const tally = { callers: 0, silent: tree.callable[device]!, gasps: 0, quiet: tree.metered[device]!, fixed: 0 }
    for (let c = 0; c < width; c++) {
      let below = prior.litBelow[device * width + c]!
      for (let mix = 0; mix < 4; mix++) below += tree.leafMix[device * 4 + mix]! * prior.silentLeaf[mix * width + c]!
      prior.litBelow[device * width + c] = below
      if (device === 0) {
        prior.lit[c] = below
        continue
      }
      const dark = darkLikelihood(tally, circumstances[c]!, 1, parameters) + prior.toldBelow[device]!
      const open = prior.logRate[device]! + prior.untold[device]! + dark
      const lit = logAdd(open, prior.logComplement[device]! + below)
      prior.lit[device * width + c] = lit
      prior.litBelow[tree.parent[device]! * width + c]! += lit
    }
    if (device > 0)
      prior.toldBelow[tree.parent[device]!]! +=
        prior.toldBelow[device]! + logAdd(prior.logRate[device]! + prior.untold[device]!, prior.logComplement[device]!)
  }
  return prior
}

function silentLeaves(rate: number, circumstances: readonly Circumstance[], parameters: InferenceParameters) {
  const width = circumstances.length
  const messages = new Float64Array(4 * width)
  for (let mix = 0; mix < 4; mix++) {
    const leaf = newLeaf(-1, -1, mix)
    const tally = tallyLeaf(leaf, parameters)
    for (let c = 0; c < width; c++)
      messages[mix * width + c] = logAdd(
        Math.log(rate) + darkLikelihood(tally, circumstances[c]!, 1, parameters),
        Math.log1p(-rate) + litLikelihood(leaf, parameters),
      )
  }
  return messages
}
