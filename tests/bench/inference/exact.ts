// The exact posterior of the published benchmark, told the true parameters: one to three open places, each number as likely,
// kinds by share. Independent of the engine: it carries, up and down the tree, power series in the number of open places and
// counts them exactly, where the engine takes failures as independent. Cost O(devices + service points) × rates a unit.
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
  dark: Series[]
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
    const units = [...places.trees.keys()]
    const silent = new Map(units.map((unit) => [unit, sendUp(model, unit, nothing)]))
    const roots = new Map(units.map((unit) => [unit, silent.get(unit)!.lit[0]!]))
    return { ...model, silentRoots: roots }
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

function sendUp(model: Model, unit: number, said: Said): UnitSeries {
  const tree = model.places.trees.get(unit)!
  const size = tree.kind.length
  const x = series(0, model.weightOf('service_point'))
  const one = series(1)
  const silent = [false, true].map((metered) => leafSeries(model, metered, false, false))
  const silentLit = silent.map(({ lit, dark }) => plus(lit, times(x, dark)))
  const silentDark = silent.map(({ dark }) => times(plus(one, x), dark))
  const litBelow = tree.kind.map(() => one)
  const darkBelow = tree.kind.map(() => one)
  const result: UnitSeries = { lit: [...litBelow], dark: [...darkBelow], quietLit: new Map(), leaves: new Map() }
  for (let device = size - 1; device >= 0; device--) {
    const quiet = [0, 0]
    for (const point of tree.pointsAt[device]!) {
      const metered = model.channel === 'meters' && (model.network.servicePoints.flags[point]! & METERED) !== 0
      if (!said.called.has(point) && !said.off.has(point)) {
        quiet[metered ? 1 : 0]!++
        continue
      }
      const { lit, dark } = leafSeries(model, metered, said.called.has(point), said.off.has(point))
      const opened = times(x, dark)
      const list = result.leaves.get(device) ?? []
      list.push({ point, opened, lit })
      result.leaves.set(device, list)
      litBelow[device] = times(litBelow[device]!, plus(lit, opened))
      darkBelow[device] = times(darkBelow[device]!, times(plus(one, x), dark))
    }
    for (const metered of [0, 1]) {
      if (quiet[metered] === 0) continue
      const lit = power(silentLit[metered]!, quiet[metered]!)
      result.quietLit.set(device, times(result.quietLit.get(device) ?? one, lit))
      litBelow[device] = times(litBelow[device]!, lit)
      darkBelow[device] = times(darkBelow[device]!, power(silentDark[metered]!, quiet[metered]!))
    }
    const { open, closed } = wordSeries(model, tree, device, said.told.get(unit)?.has(device) ?? false)
    result.lit[device] = plus(times(closed, litBelow[device]!), times(open, darkBelow[device]!))
    result.dark[device] = times(plus(closed, open), darkBelow[device]!)
    if (device === 0) break
    const parent = tree.parent[device]!
    litBelow[parent] = times(litBelow[parent]!, result.lit[device]!)
    darkBelow[parent] = times(darkBelow[parent]!, result.dark[device]!)
  }
  result.dark = darkBelow
  return result
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
  models: (Model & { silentRoots: Map<number, Series> })[],
  evidence: Parameters<Exact>[0],
): ExactPosterior {
  const said = sayings(evidence, models[0]!.places.trees)
  const units = [...new Set(evidence.map(({ unit }) => unit))]
  const runs = models.map((model) => {
    const spoken = units.map((unit) => sendUp(model, unit, said))
    let elsewhere = series(1)
    for (const [unit, root] of model.silentRoots) if (!units.includes(unit)) elsewhere = times(elsewhere, root)
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
  const size = tree.kind.length
  const chances = posterior.devices.get(unit) ?? new Float64Array(size)
  posterior.devices.set(unit, chances)
  const spoke = new Set<number>([0])
  for (const device of [...up.leaves.keys(), ...(said.told.get(unit) ?? [])])
    for (let at = device; !spoke.has(at); at = tree.parent[at]!) spoke.add(at)
  const children = new Map<number, number[]>()
  for (let device = 1; device < size; device++)
    if (spoke.has(tree.parent[device]!)) {
      const list = children.get(tree.parent[device]!)
      if (list) list.push(device)
      else children.set(tree.parent[device]!, [device])
    }
  const above = new Map<number, Series>([[0, aboveRoot]])
  for (const device of [...spoke].sort((a, b) => a - b)) {
    const { open, closed } = wordSeries(model, tree, device, said.told.get(unit)?.has(device) ?? false)
    const outside = above.get(device)!
    chances[device]! += read(times(outside, times(open, up.dark[device]!)), top) / total
    const fed = times(outside, closed)
    const below = children.get(device) ?? []
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
