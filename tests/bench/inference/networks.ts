// The networks that the inference benchmarks run on: import folders where there are any, else a made-up region.
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { readNetwork } from '../../../data/lab/read-network.ts'
import { buildDeviceTree, type DeviceTree } from '../../../server/incidents/index.ts'
import { buildNetwork, groupIntoUnits, METERED, traceSupply, type Network } from '../../../server/network/index.ts'
import { listPlaces, type Channel, type Places } from './draw-storm.ts'
import { regionRows } from './draw-region.ts'

/** Networks by comma-separated folders; without any, those of the shared data; without those, a made-up region. */
export async function benchNetworks(given: string | undefined): Promise<Network[]> {
  const folders = given === undefined ? sharedFolders() : given.split(',')
  if (folders.length > 0) return Promise.all(folders.map(async (each) => (await readNetwork(each)).network))
  console.log('no network folders here: on a made-up region of 2 feeders')
  return [buildNetwork(regionRows({ feeders: 2, branches: 20, transformersABranch: 4, pointsATransformer: 12 }))]
}

function sharedFolders(): string[] {
  const shared = path.join(import.meta.dirname, '../../../../shared/data/networks')
  if (!existsSync(shared)) return []
  // xiangzhou is hpk11 again on other ground.
  return readdirSync(shared)
    .filter((name) => name !== 'xiangzhou')
    .map((name) => path.join(shared, name))
}

/** Shows only the channel of a row: meters or telemetry are hidden where the row has none. */
export function show(network: Network, channel: Channel): Network {
  const { servicePoints, equipment } = network
  return {
    ...network,
    servicePoints: {
      ...servicePoints,
      flags: channel === 'meters' ? servicePoints.flags : servicePoints.flags.map((flags) => flags & ~METERED),
    },
    equipment: {
      ...equipment,
      telemetered: channel === 'telemetry' ? equipment.telemetered : new Uint8Array(equipment.ids.size),
    },
  }
}

export function placesOf(network: Network): Places {
  const supply = traceSupply(network)
  const units = groupIntoUnits(network, supply)
  const trees = new Map<number, DeviceTree>()
  units.treeOf.forEach((_, unit) => trees.set(unit, buildDeviceTree(network, supply, units, unit)))
  return listPlaces(trees)
}
