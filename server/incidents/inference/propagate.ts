// Exact inference in one unit by belief propagation on the tree (sum-product; Pearl, "Reverend Bayes on inference engines",
// AAAI 1982; as an outage-location model: a noisy-or network over the feeder tree). Going up, each device learns how likely
// what was heard below it is; going down, each gets its chance of being the outermost open device. Only devices above actual
// evidence are visited: cost O((evidence + devices above it) × circumstances).
import type { DeviceTree } from './device-tree.ts'
import { firstSignAt, type DeviceWord, type LeafState } from './evidence.ts'
import { calledByNow, darkLikelihood, litLikelihood, tallyLeaf, type Tally } from './likelihood.ts'
import type { InferenceParameters } from './parameters.ts'
import type { PriorMessages } from './prior-messages.ts'
import { logAdd, logSum, type Circumstance, type FaultRates } from './rates.ts'

/** As good as impossible, but finite, so that messages can be taken away from sums again. */
const NEVER = -80

export type Model = {
  tree: DeviceTree
  parameters: InferenceParameters
  rates: FaultRates
  circumstances: readonly Circumstance[]
  prior: PriorMessages
}

export type Heard = {
  leaves: Map<number, LeafState>
  words: Map<number, DeviceWord>
  /** Devices above evidence, the outermost first; 0 is always among them. */
  touched: number[]
}

export type LeafPosterior = { leaf: LeafState; opened: number; lit: number; dark: number }

export type Posterior = {
  /** By touched device: the chance that it is the outermost open device, and what was heard below it. */
  outermost: Map<number, number>
  tallies: Map<number, Tally>
  firstSigns: Map<number, number>
  leaves: LeafPosterior[]
  /** log P(evidence | circumstance), without the circumstance's weight, and the circumstances' weights afterwards. */
  logEvidence: number[]
  circumstanceWeights: number[]
  /** Failures expected among the places that evidence points at. */
  noticedFaults: number
}

/** Scratch of one run: sums by position in `touched` (× circumstance where flat). */
type Run = {
  model: Model
  heard: Heard
  now: number
  position: Map<number, number>
  tallies: Tally[]
  firstSigns: number[]
  told: Float64Array
  litBelow: Float64Array
  lit: Float64Array
  open: Float64Array
  leaves: { leaf: LeafState; at: number; message: LeafMessage }[]
  messages: Map<number, LeafMessage>
}

/** What a service point sends up: log-likelihoods if it failed itself, if it did not, and both together. */
type LeafMessage = { key: number; tally: Tally; open: Float64Array; closed: number; lit: Float64Array }

export function propagate(model: Model, heard: Heard, now: number): Posterior {
  const run = startRun(model, heard, now)
  for (const leaf of heard.leaves.values()) sendLeaf(run, leaf)
  for (let at = heard.touched.length - 1; at >= 0; at--) sendUp(run, at)
  return readDown(run)
}

function startRun(model: Model, heard: Heard, now: number): Run {
  const { tree, prior, circumstances } = model
  const [size, width] = [heard.touched.length, circumstances.length]
  const litBelow = new Float64Array(size * width)
  heard.touched.forEach((device, at) =>
    litBelow.set(prior.litBelow.subarray(device * width, (device + 1) * width), at * width),
  )
  return {
    model,
    heard,
    now,
    position: new Map(heard.touched.map((device, at) => [device, at])),
    tallies: heard.touched.map((device) => ({
      callers: 0,
      silent: tree.callable[device]!,
      gasps: 0,
      quiet: tree.metered[device]!,
      fixed: 0,
    })),
    firstSigns: new Array<number>(size).fill(0),
    told: Float64Array.from(heard.touched, (device) => prior.toldBelow[device]!),
    litBelow,
    lit: new Float64Array(size * width),
    open: new Float64Array(size * width),
    leaves: [],
    messages: new Map(),
  }
}

/** Replaces one silent service point below its device by what it said. */
function sendLeaf(run: Run, leaf: LeafState): void {
  const { circumstances, prior } = run.model
  const width = circumstances.length
  const at = run.position.get(leaf.device)!
  const message = messageOf(run, leaf)
  for (let c = 0; c < width; c++)
    run.litBelow[at * width + c]! += message.lit[c]! - prior.silentLeaf[leaf.mix * width + c]!
  addTally(run.tallies[at]!, message.tally, leaf.mix & 1, leaf.mix >> 1)
  noteSign(run, at, firstSignAt(leaf))
  run.leaves.push({ leaf, at, message })
}

const meterWords: LeafState['meter'][] = ['silent', 'off', 'on']
const pingWords: LeafState['ping'][] = ['none', 'answered', 'unanswered']
/** Steps of the calling curve that a service point alone is judged by: finer ones change no answer and cost a message each. */
const CALLING_STEPS = 64

/** Service points that said the same send the same message; in a typhoon a few messages stand for a thousand gasps. */
function messageOf(run: Run, leaf: LeafState): LeafMessage {
  const { circumstances, parameters, rates } = run.model
  const step = Math.round(CALLING_STEPS * calledByNow(parameters, firstSignAt(leaf), run.now))
  const said = (leaf.calledAt > 0 ? 1 : 0) + (leaf.partial ? 2 : 0) + 4 * leaf.mix + (leaf.backAt > 0 ? 16 : 0)
  const words = meterWords.indexOf(leaf.meter) + 3 * pingWords.indexOf(leaf.ping)
  const key = said + 32 * (words + 9 * step)
  const known = run.messages.get(key)
  if (known !== undefined) return known
  const tally = tallyLeaf(leaf, parameters)
  const closed = Math.log1p(-rates.service_point) + litLikelihood(leaf, parameters)
  const open = Float64Array.from(
    circumstances,
    (each) => Math.log(rates.service_point) + darkLikelihood(tally, each, step / CALLING_STEPS, parameters),
  )
  const message = { key, tally, open, closed, lit: open.map((each) => logAdd(each, closed)) }
  run.messages.set(key, message)
  return message
}

/** Adds what was heard in the place of `silent` customers and `quiet` meters that counted as having said nothing. */
function addTally(sum: Tally, heard: Tally, silent: number, quiet: number): void {
  sum.callers += heard.callers
  sum.silent += heard.silent - silent
  sum.gasps += heard.gasps
  sum.quiet += heard.quiet - quiet
  sum.fixed += heard.fixed
}

function noteSign(run: Run, at: number, signAt: number): void {
  const known = run.firstSigns[at]!
  if (signAt > 0 && (known === 0 || signAt < known)) run.firstSigns[at] = signAt
}

/** log P(what telemetry or a crew said of the device | open) and | closed. */
function wordOf(run: Run, device: number): { open: number; closed: number } {
  const word = run.heard.words.get(device)?.word
  if (word === undefined) return { open: run.model.prior.untold[device]!, closed: 0 }
  return word === 'closed' ? { open: NEVER, closed: 0 } : { open: 0, closed: NEVER }
}

function sendUp(run: Run, at: number): void {
  const { tree, circumstances, parameters, prior } = run.model
  const width = circumstances.length
  const device = run.heard.touched[at]!
  if (device === 0) {
    run.lit.set(run.litBelow.subarray(at * width, (at + 1) * width), at * width)
    return
  }
  const word = wordOf(run, device)
  const called = calledByNow(parameters, run.firstSigns[at]!, run.now)
  const above = run.position.get(tree.parent[device]!)!
  const [logOpen, logClosed] = [prior.logRate[device]! + word.open, prior.logComplement[device]! + word.closed]
  for (let c = 0; c < width; c++) {
    const slot = at * width + c
    const dark = darkLikelihood(run.tallies[at]!, circumstances[c]!, called, parameters)
    run.open[slot] = logOpen + dark + run.told[at]!
    run.lit[slot] = logAdd(run.open[slot]!, logClosed + run.litBelow[slot]!)
    run.litBelow[above * width + c]! += run.lit[slot]! - prior.lit[device * width + c]!
  }
  const silent =
    prior.toldBelow[device]! + logAdd(prior.logRate[device]! + prior.untold[device]!, prior.logComplement[device]!)
  run.told[above]! += run.told[at]! + logAdd(logOpen, logClosed) - silent
  addTally(run.tallies[above]!, run.tallies[at]!, tree.callable[device]!, tree.metered[device]!)
  noteSign(run, above, run.firstSigns[at]!)
}

function readDown(run: Run): Posterior {
  const { tree, circumstances, prior } = run.model
  const { touched } = run.heard
  const width = circumstances.length
  const logEvidence = circumstances.map((_, c) => run.lit[c]!)
  const joint = circumstances.map(({ logWeight }, c) => logWeight + logEvidence[c]!)
  const total = logSum(joint)
  const weights = joint.map((each) => Math.exp(each - total))
  // log P(evidence elsewhere, supply at the device's upper end) − log P(evidence), by position × circumstance
  const outside = new Float64Array(touched.length * width)
  const fed = new Float64Array(touched.length * width)
  const outermost = new Map<number, number>()
  touched.forEach((device, at) => {
    const closed = device === 0 ? 0 : prior.logComplement[device]! + wordOf(run, device).closed
    const above = device === 0 ? -1 : run.position.get(tree.parent[device]!)!
    let chance = 0
    for (let c = 0; c < width; c++) {
      const slot = at * width + c
      outside[slot] = device === 0 ? -logEvidence[c]! : fed[above * width + c]! - run.lit[slot]!
      fed[slot] = outside[slot]! + closed + run.litBelow[slot]!
      if (device > 0) chance += weights[c]! * Math.exp(outside[slot]! + run.open[slot]!)
    }
    if (device > 0) outermost.set(device, chance)
  })
  const leaves = readLeaves(run, fed, weights)
  const noticed = [...outermost.values()].reduce((sum, each) => sum + each, 0)
  const alone = leaves.reduce((sum, each) => sum + each.opened, 0)
  return {
    outermost,
    tallies: new Map(touched.map((device, at) => [device, run.tallies[at]!])),
    firstSigns: new Map(touched.map((device, at) => [device, run.firstSigns[at]!])),
    leaves,
    logEvidence,
    circumstanceWeights: weights,
    noticedFaults: noticed + alone,
  }
}

/** Each service point's own chances; those at one device that said the same share them. */
function readLeaves(run: Run, fed: Float64Array, weights: number[]): LeafPosterior[] {
  const width = weights.length
  const known = new Map<LeafMessage, { opened: number; lit: number; dark: number }>()
  let knownAt = -1
  const byDevice = [...run.leaves].sort((a, b) => a.at - b.at)
  return byDevice.map(({ leaf, at, message }) => {
    if (at !== knownAt) known.clear()
    knownAt = at
    let chances = known.get(message)
    if (chances === undefined) {
      let [opened, lit] = [0, 0]
      for (let c = 0; c < width; c++) {
        const around = fed[at * width + c]! - message.lit[c]!
        opened += weights[c]! * Math.exp(around + message.open[c]!)
        lit += weights[c]! * Math.exp(around + message.closed)
      }
      chances = { opened, lit, dark: Math.max(0, 1 - opened - lit) }
      known.set(message, chances)
    }
    return { leaf, ...chances }
  })
}
