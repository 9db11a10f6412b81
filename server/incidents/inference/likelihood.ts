// How likely what was heard below a device is, if everything there is dark and if a single household is: counts of callers,
// silent customers, meters that spoke and meters that did not, priced by circumstance. One place, so that the up pass, the
// receipts and the next check cannot disagree.
import type { LeafState } from './evidence.ts'
import type { InferenceParameters } from './parameters.ts'
import type { Circumstance } from './rates.ts'

/** What was heard below a device, added up; `fixed` holds what no circumstance changes. */
export type Tally = { callers: number; silent: number; gasps: number; quiet: number; fixed: number }

/** Share of those who will call that have called by `now`, for trouble whose first sign came at `firstAt`. */
export function calledByNow(parameters: InferenceParameters, firstAt: number, now: number): number {
  if (firstAt <= 0) return 1
  const waited_s = Math.max(0, now - firstAt) / 1000
  return 1 - (1 - parameters.calledAtFirstSign) * Math.exp(-waited_s / parameters.callDelay_s)
}

/** Log-likelihood of the tally where all of it is dark. */
export function darkLikelihood(
  tally: Tally,
  circumstance: Circumstance,
  called: number,
  parameters: InferenceParameters,
): number {
  const { gaspRate } = circumstance
  const silence = (1 - circumstance.callRate * called) * (1 - parameters.ownSideRate)
  return (
    tally.callers * Math.log(1 - silence) +
    tally.silent * Math.log(silence) +
    tally.gasps * Math.log(gaspRate) +
    tally.quiet * Math.log(1 - gaspRate) +
    tally.fixed
  )
}

/** A caller who still has some supply is rarely behind an opened device. */
const PARTIAL_SUPPLY = Math.log(0.1)

/** What one service point adds to the tally. */
export function tallyLeaf(leaf: LeafState, parameters: InferenceParameters): Tally {
  const canCall = (leaf.mix & 1) !== 0 && (leaf.meter !== 'on' || leaf.calledAt > 0) && leaf.ping !== 'answered'
  const speaks = (leaf.mix & 2) !== 0
  const called = leaf.calledAt > 0
  let fixed = leaf.meter === 'on' ? Math.log(parameters.falsePowerOnRate) : 0
  if (leaf.ping === 'answered') fixed += Math.log(parameters.falsePowerOnRate)
  if (called && leaf.partial) fixed += PARTIAL_SUPPLY
  return {
    callers: called ? 1 : 0,
    silent: canCall && !called ? 1 : 0,
    gasps: leaf.meter === 'off' ? 1 : 0,
    quiet: speaks && leaf.meter === 'silent' ? 1 : 0,
    fixed,
  }
}

/** How readily those call who were dark and are back; the middle of what is seen in storms. */
const BACK_AND_CALLED = 0.1

/** Log-likelihood of what one service point said while it has supply. */
export function litLikelihood(leaf: LeafState, parameters: InferenceParameters): number {
  const { callers, silent, gasps, quiet } = tallyLeaf(leaf, parameters)
  // Back with its neighbours, it was dark when it spoke: its call or gasp then was no accident of a lit household.
  if (leaf.backAt > 0) return callers * Math.log(BACK_AND_CALLED) + gasps * Math.log(1 - parameters.lastGaspRate)
  const ping = leaf.ping === 'unanswered' ? Math.log(parameters.unansweredPingRate) : 0
  return (
    callers * Math.log(parameters.ownSideRate) +
    silent * Math.log1p(-parameters.ownSideRate) +
    gasps * Math.log(parameters.spuriousGaspRate) +
    quiet * Math.log1p(-parameters.spuriousGaspRate) +
    ping
  )
}
