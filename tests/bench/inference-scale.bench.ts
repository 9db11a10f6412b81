// `npm run bench -- inference-scale`: the pure engine from 178,000 to 1.78 million customers: building the network, settling a
// typhoon's power-off events (a fifth of the customers), and one more report judged in the middle of it.
//   --points N[,N…] (default 178000,1780000)   --seed N
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createNetworkInference, feederOf, hearEvidence, settle, settleNetwork } from '../../server/incidents/index.ts'
import { buildNetwork, itemsOf, type Network } from '../../server/network/index.ts'
import { seededRandom, type Random } from './inference/draw-storm.ts'
import { regionRows, sizeFor } from './inference/draw-region.ts'

const noon = Date.parse('2026-07-01T12:00:00+08:00')
const REPORTS = 2000

/** Whole branches and single transformers go dark until a fifth of the customers has gasped, in order of arrival. */
function drawGasps(network: Network, random: Random): number[] {
  const wanted = network.servicePoints.ids.size / 5
  const gasps: number[] = []
  const dark = new Set<number>()
  while (gasps.length < wanted) {
    const first = Math.floor(random() * network.transformers.ids.size)
    const count = random() < 0.5 ? 1 : 30
    for (let each = first - (first % count); each < first - (first % count) + count; each++) {
      if (dark.has(each) || each >= network.transformers.ids.size) continue
      dark.add(each)
      for (const point of itemsOf(network.servicePointsOf, each)) if (random() < 0.8) gasps.push(point)
    }
  }
  return gasps
}

setFlagsFromString('--expose_gc')
const collectGarbage = runInNewContext('gc') as () => void

function megabytes(): number {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1e6
}

function printTimes(name: string, took_ms: number[]): void {
  took_ms.sort((a, b) => a - b)
  const at = (share: number) => took_ms[Math.min(took_ms.length - 1, Math.floor(share * took_ms.length))]!.toFixed(2)
  console.log(`  ${name}: minimum ${at(0)} ms, median ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`)
}

function measure(points: number, seed: number): { settle_s: number } {
  const random = seededRandom(seed)
  const before = megabytes()
  let start = performance.now()
  const lap = () => {
    const took_s = (performance.now() - start) / 1000
    start = performance.now()
    return took_s
  }
  const network = buildNetwork(regionRows(sizeFor(points)))
  const build_s = lap()
  const inference = createNetworkInference(network)
  const trace_s = lap()
  const built = megabytes() - before
  const { equipment, transformers, servicePoints } = network
  console.log(
    `${servicePoints.ids.size} service points, ${transformers.ids.size} transformers, ${equipment.ids.size} equipment: built in ${build_s.toFixed(2)} s, traced in ${trace_s.toFixed(2)} s, ${built.toFixed(0)} MB`,
  )
  const gasps = drawGasps(network, random)
  lap()
  gasps.forEach((servicePoint, order) => hearEvidence(inference, { kind: 'power_off', servicePoint, at: noon + order }))
  const heard_s = lap()
  const settled = settleNetwork(inference, noon + gasps.length)
  const settle_s = lap()
  const incidents = [...settled.values()].reduce((sum, each) => sum + each.incidents.length, 0)
  console.log(
    `  ${gasps.length} power-off events heard in ${heard_s.toFixed(2)} s, settled in ${settle_s.toFixed(2)} s into ${incidents} incidents on ${settled.size} feeders, ${(megabytes() - before).toFixed(0)} MB`,
  )
  const took_ms: number[] = []
  for (let report = 0; report < REPORTS; report++) {
    const servicePoint = Math.floor(random() * servicePoints.ids.size)
    const at = noon + gasps.length + report
    const began = performance.now()
    const unit = hearEvidence(inference, { kind: 'report', servicePoint, at })
    if (unit >= 0) settle(feederOf(inference, unit), at)
    took_ms.push(performance.now() - began)
  }
  printTimes(`one more report, ${REPORTS} of them`, took_ms)
  return { settle_s: heard_s + settle_s }
}

export function run(args: string[]): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { points: text, seed: text } })
  const sizes = (values.points ?? '178000,1780000').split(',').map(Number)
  const costs = sizes.map((points) => measure(points, Number(values.seed ?? 1)).settle_s)
  const [first, last] = [sizes[0]!, sizes.at(-1)!]
  if (sizes.length > 1)
    console.log(
      `${(last / first).toFixed(1)} times the customers cost ${(costs.at(-1)! / costs[0]!).toFixed(1)} times the time to hear and settle (1 = constant, ${(last / first).toFixed(1)} = linear)`,
    )
  return Promise.resolve()
}
