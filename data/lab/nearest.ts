// `npm run lab -- nearest`: the nearest crews by road for each incident of a file, by the search that serves.
import { once } from 'node:events'
import { createWriteStream, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { createGzip } from 'node:zlib'
import { buildHierarchy, CrewBuckets, type PlacedCrew, RoadSnapper } from '../../server/roads/index.ts'
import { BadInput, refusingBadInput } from './bad-input.ts'
import { type PlacedRow, readPlaces, readRoads } from './read-roads.ts'

type Options = { roads: string; crews: string; incidents: string; out: string; k: number }

function readOptions(args: string[]): Options {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({ args, options: { roads: text, crews: text, incidents: text, out: text, k: text } })
    const { roads, crews, incidents, out } = values
    if (!roads || !crews || !incidents || !out) throw new Error('--roads, --crews, --incidents and --out are needed')
    const k = Number(values.k ?? 10)
    if (!Number.isInteger(k) || k < 1) throw new Error(`--k is ${values.k}; a whole number from 1 would be right`)
    if (!existsSync(path.dirname(out)))
      throw new Error(`--out ${out} lies in no folder; one that is there would be right`)
    if (statSync(out, { throwIfNoEntry: false })?.isDirectory())
      throw new Error(`--out ${out} is a folder; the name of a file would be right`)
    return { roads, crews, incidents, out, k }
  } catch (error) {
    throw new BadInput((error as Error).message)
  }
}

/** Crews with a place on the roads; those without can be ranked by no road and are named on standard error. */
function placed(rows: PlacedRow[], what: string): PlacedCrew[] {
  const lost = rows.filter(({ position }) => position === null)
  if (lost.length > 0)
    console.error(
      `${lost.length} ${what} without a road within reach, left out: ${lost
        .slice(0, 5)
        .map(({ id }) => id)
        .join(', ')}`,
    )
  return rows.filter((row): row is PlacedCrew => row.position !== null)
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

async function nearest(args: string[]): Promise<void> {
  const options = readOptions(args)
  const started = performance.now()
  const graph = await readRoads(options.roads)
  const snapper = new RoadSnapper(graph)
  const crews = placed(await readPlaces(options.crews, graph, snapper), 'crews')
  const incidents = placed(await readPlaces(options.incidents, graph, snapper), 'incidents')
  const buckets = new CrewBuckets(graph, buildHierarchy(graph))
  for (const { id, position } of crews) buckets.place(id, position)
  console.error(
    `prepared in ${((performance.now() - started) / 1000).toFixed(2)} s: ${graph.nodes} nodes, ${graph.edges.from.length} edges, ${crews.length} crews`,
  )

  const file = createWriteStream(options.out)
  const out = options.out.endsWith('.gz') ? createGzip() : file
  if (out !== file) out.pipe(file)
  out.write('incident_id,rank,crew_id,travel_s\n')
  const took_ms: number[] = []
  for (const { id, position } of incidents) {
    const before = performance.now()
    const arrivals = buckets.nearest(position, options.k)
    took_ms.push(performance.now() - before)
    const lines = arrivals.map(
      ({ crew, travel_ms }, place) =>
        `${quoted(id)},${place + 1},${quoted(crews[crew]!.id)},${(travel_ms / 1000).toFixed(3)}\n`,
    )
    if (!out.write(lines.join(''))) await once(out, 'drain')
  }
  out.end()
  await finished(file)
  took_ms.sort((one, other) => one - other)
  const share = (part: number) =>
    (took_ms[Math.min(took_ms.length - 1, Math.floor(took_ms.length * part))] ?? 0).toFixed(3)
  console.error(`${incidents.length} queries: median ${share(0.5)} ms, 99th percentile ${share(0.99)} ms`)
}

export function run(args: string[]): Promise<void> {
  return refusingBadInput('nearest', () => nearest(args))
}
