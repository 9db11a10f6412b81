// Writes the electrical side: substations, feeders, ties and transformers.
import { divideFeeders } from './feeders.ts'
import { graphNode, writeFeeder } from './equipment.ts'
import type { Layout } from './layout.ts'
import type { Patches } from './patches.ts'
import { createRandom } from './random.ts'
import type { Site } from './sites.ts'
import { growForest, placeSubstations, type Substation } from './substations.ts'
import { writeTies } from './ties.ts'
import { openRows } from './write-rows.ts'

export type NetworkCounts = { substations: Substation[]; feeders: number; equipment: number }

/** Standard ratings in kVA. */
const ratings_kva = [100, 160, 200, 250, 315, 400, 500, 630, 800, 1000]

export function writeNetwork(layout: Layout, sites: Site[], patches: Patches, folder: string): NetworkCounts {
  const substations = placeSubstations(layout, sites)
  const feeders = divideFeeders(layout, sites, substations, growForest(layout, substations))
  const { roads, plane } = layout
  const sources = openRows(folder, 'sources.csv', 'node,substation_id,substation_name,lon,lat')
  const busOf = (substation: Substation) => `${substation.id}.BUS`
  for (const substation of substations) {
    const place = plane.columns(roads.x[substation.node]!, roads.y[substation.node]!)
    sources.row(`${busOf(substation)},${substation.id},${substation.name},${place}`)
  }
  sources.close()
  const header = 'id,kind,from_node,to_node,feeder_id,name,normal_state,telemetered,geometry'
  const equipment = openRows(folder, 'equipment.csv', header)
  for (const feeder of feeders) writeFeeder(layout, feeder, busOf(substations[feeder.substation]!), equipment)
  writeTies(layout, feeders, sites, patches, equipment)
  const transformers = openRows(folder, 'transformers.csv', 'id,name,node,feeder_id,kva,lon,lat,owner,aliases')
  const random = createRandom(layout.seed, 'transformers')
  const feederOf = new Map(feeders.flatMap((feeder) => feeder.sites.map((site) => [site, feeder] as const)))
  sites.forEach((site, index) => {
    const feeder = feederOf.get(index)!
    const wanted = site.customers * (3.5 + random.next() * 2)
    const kva = ratings_kva.find((rating) => rating >= wanted) ?? ratings_kva.at(-1)!
    const place = plane.columns(roads.x[site.node]!, roads.y[site.node]!)
    const aliases = aliasesOf(layout, site, random.next())
    const { id, name, owner } = site
    transformers.row(`${id},${name},${graphNode(feeder, site.node)},${feeder.id},${kva},${place},${owner},${aliases}`)
  })
  transformers.close()
  return { substations, feeders: feeders.length, equipment: equipment.close() }
}

/** Names that older people still say: the production brigade of a village, what stood where the estate is, the road. */
function aliasesOf({ roads, settlements, districts }: Layout, site: Site, draw: number): string {
  const district = districts.features[site.district]!.properties.name
  const road = roads.names[roads.name[roads.edgesAt[roads.start[site.node]!]!]!]!
  const stem = site.place.slice(0, 2)
  const home = settlements.all[site.settlement]!.name
  const known = [`${district}${home}${road}`]
  if (site.kind === 'village' && draw < 0.6) known.push(`${stem}大队`, ...(draw < 0.25 ? [`${stem}墟`] : []))
  if (site.kind !== 'village' && draw < 0.4) known.push(draw < 0.2 ? `${stem}旧厂宿舍` : `原${stem}围`)
  return known.join(';')
}
