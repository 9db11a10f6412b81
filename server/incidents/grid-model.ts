// The grid as one server holds it: the network, its supply as switched now, and an inference engine for each unit that has
// evidence. All of it can be built anew from the database; the section's lock keeps two servers from using it at once.
import {
  groupIntoUnits,
  itemsOf,
  loadNetwork,
  switchEquipment,
  traceSupply,
  type Network,
  type Supply,
  type Units,
} from '../network/index.ts'
import type { Database, Queries } from '../database/index.ts'
import type { Estimator } from './estimator.ts'
import { Backlog } from './backlog.ts'
import { countDevices } from './inference/device-tree.ts'
import type { FeederInference } from './inference/feeder-inference.ts'
import type { InferenceParameters } from './inference/parameters.ts'
import { readParameters } from './learning.ts'
import { spreadFaultRates, type FaultRates } from './inference/rates.ts'
import { newStorm, type Storm } from './inference/storm.ts'

/**
 * An engine with what it has heard: evidence up to a row number, under the sections' epochs. `standIns` are the households
 * that callers placed on no household speak for.
 */
export type Engine = { feeder: FeederInference; heardUpTo: number; epochs: string; standIns: Set<number> }

export type GridModel = {
  network: Network
  supply: Supply
  units: Units
  rates: FaultRates
  parameters: InferenceParameters
  engines: Map<number, Engine>
  /** What the units teach each other about a storm. */
  storm: Storm
  /** The epoch of each section when the switch positions were last read: a section with another one may be switched otherwise. */
  epochs: Map<string, number>
  /** Equipment that is not in its normal position here. */
  switched: Set<number>
  /** Equipment being switched by a transaction that is not committed yet: nobody else's reading puts it back. */
  moving: Map<number, Queries>
  timezone: string
  /** Says when supply is expected back. */
  estimator: Estimator
}

/** The current model, replaced whole when another network was imported; and what is to be settled with it later. */
export type GridHolder = { current: GridModel; backlog: Backlog; reload(): Promise<void> }

/** One piece of evidence as it is kept. */
export type EvidenceRow = {
  id: number
  kind: 'report' | 'power_off' | 'power_on' | 'telemetry' | 'crew' | 'dispatcher'
  at: Date
  service_point_id: string | null
  transformer_id: string | null
  equipment_id: string | null
  state: 'open' | 'closed' | null
  commanded: boolean | null
  symptom: 'no_power' | 'part_power' | 'dim' | 'hazard' | null
}

/** A section under its lock; its epoch rises whenever evidence was cleared or equipment switched. */
export type SectionRow = { name: string; epoch: number }
type SwitchRow = { equipment_id: string; state: 'open' | 'closed'; at: Date }

async function buildModel(database: Database, estimator: Estimator): Promise<GridModel> {
  const network = await loadNetwork(database)
  const supply = traceSupply(network)
  const parameters = await readParameters(database)
  const [zone] = await database.rows<{ timezone: string }>('network/read_networks')
  const model: GridModel = {
    network,
    supply,
    units: groupIntoUnits(network, supply),
    rates: spreadFaultRates(parameters, countDevices(network, supply)),
    parameters,
    engines: new Map(),
    storm: newStorm(),
    epochs: new Map(),
    switched: new Set(),
    moving: new Map(),
    timezone: zone?.timezone ?? 'Asia/Shanghai',
    estimator,
  }
  await followSwitching(database, model)
  // Made ahead: a storm's first calls would all make theirs, and wait for one another.
  await database.touch('incidents/make_sections', { names: allSections(model) })
  return model
}

/** Loads the grid; `reload` builds a new one beside the old, which serves meanwhile. */
export async function holdGrid(database: Database, estimator: Estimator): Promise<GridHolder> {
  let loading: Promise<void> | null = null
  const holder: GridHolder = {
    current: await buildModel(database, estimator),
    backlog: new Backlog(),
    reload: () => {
      loading ??= buildModel(database, estimator)
        .then((model) => void (holder.current = model))
        .finally(() => (loading = null))
      return loading
    },
  }
  return holder
}

/** Brings the supply to the switch positions in the database; units whose ways of supply moved lose their engines. */
export async function followSwitching(queries: Queries, model: GridModel): Promise<void> {
  const rows = await queries.rows<SwitchRow>('network/read_switch_states')
  const { network, supply, switched, moving } = model
  const wanted = new Map([...switched].map((equipment) => [equipment, network.equipment.normallyOpen[equipment] === 1]))
  for (const row of rows) wanted.set(network.equipment.ids.find(row.equipment_id), row.state === 'open')
  const changes = [...wanted]
    .map(([equipment, open]) => ({ equipment, open }))
    .filter(({ equipment, open }) => equipment >= 0 && (supply.open[equipment] === 1) !== open)
    .filter(({ equipment }) => (moving.get(equipment) ?? queries) === queries)
  if (changes.length === 0) return
  switchEquipment(network, supply, changes)
  for (const { equipment, open } of changes) {
    if (open === (network.equipment.normallyOpen[equipment] === 1)) switched.delete(equipment)
    else switched.add(equipment)
  }
  model.units = groupIntoUnits(network, supply)
  model.engines.clear()
  model.storm = newStorm()
}

/** Follows the switching of other servers where one of the locked sections has another epoch than when it was last read. */
export async function followSections(queries: Queries, model: GridModel, sections: SectionRow[]): Promise<void> {
  if (sections.every(({ name, epoch }) => model.epochs.get(name) === epoch)) return
  await followSwitching(queries, model)
  for (const { name, epoch } of sections) model.epochs.set(name, epoch)
}

/** The section of a transformer: its feeder, or itself where it belongs to none. It does not move when equipment is switched. */
export function sectionOf({ network }: GridModel, transformer: number): string {
  const feeder = network.transformers.feeder[transformer]!
  return feeder >= 0 ? network.feeders.nameOf(feeder) : `transformer:${network.transformers.ids.nameOf(transformer)}`
}

function allSections(model: GridModel): string[] {
  const { size } = model.network.transformers.ids
  return [...new Set(Array.from({ length: size }, (_, transformer) => sectionOf(model, transformer)))]
}

/** All sections that a unit has transformers of, in the order in which they are locked. */
export function sectionsOfUnit(model: GridModel, unit: number): string[] {
  const names = new Set<string>()
  for (const transformer of transformersOfUnit(model, unit)) names.add(sectionOf(model, transformer))
  return [...names].sort()
}

/** The transformers that one unit feeds as switched now. */
export function transformersOfUnit({ network, supply, units }: GridModel, unit: number): number[] {
  const tree = units.treeOf[unit]!
  const fed = tree < 0 ? [] : [...supply.trees[tree]!].flatMap((node) => [...itemsOf(network.transformersAt, node)])
  return [...fed, ...units.loose[unit]!]
}
