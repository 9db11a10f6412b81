// The exact posterior of the published benchmark, told the true parameters: one to three open places, each number as likely,
// kinds by share. Independent of the engine: it carries, up and down the tree, power series in the number of open places and
// counts them exactly, where the engine takes failures as independent. What nobody spoke below is read from the unit's silent
// pass, made once: cost O(devices above signs and their children + service points there) × rates a unit.
import { METERED, type Network } from '../../../server/network/index.ts'
import type { DeviceKind, DeviceTree, Evidence } from '../../../server/incidents/index.ts'
import { shares, type Channel, type Places } from './draw-storm.ts'
import { plus, power, productsOfOthers, series, times, type Series } from './series.ts'

/** Chance of each device (by unit and tree index) and of each service point that spoke to be an outermost open place. */
export type ExactPosterior = {
  devices: Map<number, Float64Array>
  points: Map<number, { opened: number; lit: number }>
}

type Said = { called: Set<number>; off: Set<number>; told: Map<number, Set<number>> }
type UnitSeries = {
  lit: Series[]
  /** Everything below a device dark, without and with the device itself. */
  dark: Series[]
  darkWith: Series[]
  /** The silent service points directly at a device. */
  quietLit: Map<number, Series>
  /** Leaves that spoke, by device. */
  leaves: Map<number, { point: number; opened: Series; lit: Series }[]>
}

export type Exact = (evidence: { unit: number; item: Evidence }[]) => ExactPosterior

export function createExact(network: Network, places: Places, channel: Channel, callRates: number[]): Exact {
  const weightOf = weights(places)
  const models = callRates.map((callRate) => {
    const model = { network, places, channel, callRate, weightOf }
    const nothing: Said = { called: new Set(), off: new Set(), told: new Map() }
    const silent = new Map([...places.trees.keys()].map((unit) => [unit, sendUp(model, unit, nothing)]))
    return { ...model, silent }
  })
  return (evidence) => judge(models, evidence)
}

type Model = {
  network: Network
  places: Places
  channel: Channel
  callRate: number
  weightOf: (kind: DeviceKind) => number
}

/** The chance of one place of a kind to be the next to open. */
function weights(places: Places): (kind: DeviceKind) => number {
  const present = shares.filter(([kind]) => places.byKind.has(kind))
  const total = present.reduce((sum, [, share]) => sum + share, 0)
  const byKind = new Map(present.map(([kind, share]) => [kind, share / total / places.byKind.get(kind)!.length]))
  return (kind) => byKind.get(kind) ?? 0
}

function sayings(evidence: { unit: number; item: Evidence }[], trees: Places['trees']): Said {
  const said: Said = { called: new Set(), off: new Set(), told: new Map() }
  for (const { unit, item } of evidence)
    if (item.kind === 'report') said.called.add(item.servicePoint)
    else if (item.kind === 'power_off') said.off.add(item.servicePoint)
    else if (item.kind === 'telemetry') {
      const device = trees.get(unit)!.deviceOfEquipment.get(item.equipment)!
      said.told.set(unit, (said.told.get(unit) ?? new Set<number>()).add(device))
    }
  return said
}

function leafSeries(model: Model, metered: boolean, called: boolean, off: boolean) {
  const price = (call: number, gasp: number) => (called ? call : 1 - call) * (metered ? (off ? gasp : 1 - gasp) : 1)
  return { lit: series(price(1e-4, 1e-3)), dark: series(price(model.callRate, 0.8)) }
}

/** The devices of a unit above whoever or whatever spoke there, parents first. */
function aboveSigns(tree: DeviceTree, unit: number, said: Said): number[] {
  const above = new Set<number>([0])
  const climb = (from: number) => {
    for (let at = from; !above.has(at); at = tree.parent[at]!) above.add(at)
  }
  tree.pointsAt.forEach((list, device) => {
    if (list.some((point) => said.called.has(point) || said.off.has(point))) climb(device)
  })
  for (const device of said.told.get(unit) ?? []) climb(device)
  return [...above].sort((a, b) => a - b)
}

const childrenByTree = new WeakMap<DeviceTree, number[][]>()

function childrenOf(tree: DeviceTree): number[][] {
  const known = childrenByTree.get(tree)
  if (known) return known
  const children: number[][] = tree.kind.map(() => [])
  for (let device = 1; device < tree.kind.length; device++) children[tree.parent[device]!]!.push(device)
  childrenByTree.set(tree, children)
  return children
}

/** `silent` is the same unit's pass with nothing said; without it every device is computed. */
function sendUp(model: Model, unit: number, said: Said, silent?: UnitSeries): UnitSeries {
  const tree = model.places.trees.get(unit)!
  const children = childrenOf(tree)
  const one = series(1)
  const result: UnitSeries = {
    lit: silent ? [...silent.lit] : [],
    dark: silent ? [...silent.dark] : [],
    darkWith: silent ? [...silent.darkWith] : [],
    quietLit: new Map(silent?.quietLit),
    leaves: new Map(),
  }
  const devices = silent ? aboveSigns(tree, unit, said) : Array.from(tree.kind.keys())
  for (const device of devices.toReversed()) {
    const own = sendPoints(model, tree, device, said)
    if (own.leaves.length > 0) result.leaves.set(device, own.leaves)
    if (own.quietLit) result.quietLit.set(device, own.quietLit)
    else result.quietLit.delete(device)
    let litBelow = own.leaves.reduce((all, { lit, opened }) => times(all, plus(lit, opened)), own.quietLit ?? one)
    let darkBelow = own.dark
    for (const child of children[device]!) {
      litBelow = times(litBelow, result.lit[child]!)
      darkBelow = times(darkBelow, result.darkWith[child]!)
    }
    const { open, closed } = wordSeries(model, tree, device, said.told.get(unit)?.has(device) ?? false)
    result.lit[device] = plus(times(closed, litBelow), times(open, darkBelow))
    result.dark[device] = darkBelow
    result.darkWith[device] = times(plus(closed, open), darkBelow)
  }
  return result
}

/** What the service points directly at a device send up: those who spoke one by one, the quiet ones together. */
function sendPoints(model: Model, tree: DeviceTree, device: number, said: Said) {
  const x = series(0, model.weightOf('service_point'))
  const one = series(1)
  const quiet = [0, 0]
  const leaves: { point: number; opened: Series; lit: Series }[] = []
  let dark = one
  for (const point of tree.pointsAt[device]!) {
    const metered = model.channel === 'meters' && (model.network.servicePoints.flags[point]! & METERED) !== 0
    if (!said.called.has(point) && !said.off.has(point)) {
      quiet[metered ? 1 : 0]!++
      continue
    }
    const own = leafSeries(model, metered, said.called.has(point), said.off.has(point))
    leaves.push({ point, opened: times(x, own.dark), lit: own.lit })
    dark = times(dark, times(plus(one, x), own.dark))
  }
  let quietLit: Series | null = null
  quiet.forEach((count, at) => {
    if (count === 0) return
    const own = leafSeries(model, at === 1, false, false)
    quietLit = times(quietLit ?? one, power(plus(own.lit, times(x, own.dark)), count))
    dark = times(dark, power(times(plus(one, x), own.dark), count))
  })
  return { leaves, quietLit: quietLit as Series | null, dark }
}

function wordSeries(model: Model, tree: DeviceTree, device: number, told: boolean) {
  if (device === 0 || tree.points[device] === 0) return { open: series(0), closed: series(1) }
  const tells = model.channel === 'telemetry' && tree.telemetered[device] === 1
  const untold = tells ? 0.1 : 1
  return { open: series(0, model.weightOf(tree.kind[device]!) * (told ? 0.9 : untold)), closed: series(told ? 0 : 1) }
}

/** Weight of a set of n open places: each n from 1 to 3 as likely, drawn in any order. */
const setWeights = [0, 1, 2, 6]

/** Likelihood of a series over the number of open places, relative to `log`. */
function read(value: Series, log: number): number {
  let sum = 0
  for (let n = 1; n < setWeights.length; n++) sum += setWeights[n]! * value.c[n]!
  return sum * Math.exp(value.log - log)
}

function judge(
  models: (Model & { silent: Map<number, UnitSeries> })[],
  evidence: Parameters<Exact>[0],
): ExactPosterior {
  const said = sayings(evidence, models[0]!.places.trees)
  const units = [...new Set(evidence.map(({ unit }) => unit))]
  const runs = models.map((model) => {
    const spoken = units.map((unit) => sendUp(model, unit, said, model.silent.get(unit)!))
    let elsewhere = series(1)
    for (const [unit, { lit }] of model.silent) if (!units.includes(unit)) elsewhere = times(elsewhere, lit[0]!)
    const outside = productsOfOthers(spoken.map(({ lit }) => lit[0]!)).map((each) => times(each, elsewhere))
    const whole = spoken.length > 0 ? times(outside[0]!, spoken[0]!.lit[0]!) : elsewhere
    return { model, spoken, outside, whole }
  })
  const top = Math.max(...runs.map(({ whole }) => whole.log))
  const total = runs.reduce((sum, { whole }) => sum + read(whole, top), 0)
  const posterior: ExactPosterior = { devices: new Map(), points: new Map() }
  for (const { model, spoken, outside } of runs)
    spoken.forEach((up, at) => sendDown(model, units[at]!, up, outside[at]!, said, { posterior, top, total }))
  return posterior
}

function sendDown(
  model: Model,
  unit: number,
  up: UnitSeries,
  aboveRoot: Series,
  said: Said,
  { posterior, top, total }: { posterior: ExactPosterior; top: number; total: number },
): void {
  const tree = model.places.trees.get(unit)!
  const chances = posterior.devices.get(unit) ?? new Float64Array(tree.kind.length)
  posterior.devices.set(unit, chances)
  const spoke = new Set(aboveSigns(tree, unit, said))
  const children = childrenOf(tree)
  const above = new Map<number, Series>([[0, aboveRoot]])
  for (const device of spoke) {
    const { open, closed } = wordSeries(model, tree, device, said.told.get(unit)?.has(device) ?? false)
    const outside = above.get(device)!
    chances[device]! += read(times(outside, times(open, up.dark[device]!)), top) / total
    const fed = times(outside, closed)
    const below = children[device]!
    const heard = below.filter((child) => spoke.has(child))
    const leaves = up.leaves.get(device) ?? []
    const factors = [...heard.map((child) => up.lit[child]!), ...leaves.map(({ lit, opened }) => plus(lit, opened))]
    let rest = up.quietLit.get(device) ?? series(1)
    for (const child of below) if (!spoke.has(child)) rest = times(rest, up.lit[child]!)
    const others = productsOfOthers(factors).map((each) => times(times(each, rest), fed))
    heard.forEach((child, at) => above.set(child, others[at]!))
    leaves.forEach(({ point, opened, lit }, at) => {
      const around = others[heard.length + at]!
      const known = posterior.points.get(point) ?? { opened: 0, lit: 0 }
      known.opened += read(times(around, opened), top) / total
      known.lit += read(times(around, lit), top) / total
      posterior.points.set(point, known)
    })
  }
}
