// `npm run lab -- infer`: the devices that best explain a file of evidence on an import folder, by the model that serves.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { remarkOnSupply, type Network } from '../../server/network/index.ts'
import {
  createNetworkInference,
  hearEvidence,
  settleNetwork,
  type DeviceRef,
  type InferredIncident,
} from '../../server/incidents/index.ts'
import { BadInput, refusingBadInput } from './bad-input.ts'
import { parseInstant, readEvidence, type Aside } from './read-evidence.ts'
import { readNetwork } from './read-network.ts'

/** `at` is NaN where it is not given. */
type Options = { network: string; evidence: string; out: string; at: number }

/** Without `--at` the file is taken as complete: whoever has not called in it will not call, as if long after its last line. */
const CALLING_OVER_ms = 24 * 3_600_000

function readOptions(args: string[]): Options {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({ args, options: { network: text, evidence: text, out: text, at: text } })
    const { network, evidence, out } = values
    if (!network || !evidence || !out) throw new Error('--network, --evidence and --out are needed')
    const at = parseInstant(values.at)
    if (values.at !== undefined && Number.isNaN(at))
      throw new Error(`--at is ${values.at}; an ISO 8601 instant with offset would be right`)
    return { network, evidence, out, at }
  } catch (error) {
    throw new BadInput((error as Error).message)
  }
}

/** The identifier that the folder gives a device. */
function idOf(network: Network, { kind, item }: DeviceRef): string {
  if (kind === 'service_point') return network.servicePoints.ids.nameOf(item)
  if (kind === 'transformer') return network.transformers.ids.nameOf(item)
  if (kind === 'lv_equipment') return network.lvEquipment.ids.nameOf(item)
  return network.equipment.ids.nameOf(item)
}

function answer(network: Network, incident: InferredIncident) {
  return {
    equipment_id: idOf(network, incident.device),
    probability: rounded(incident.probability),
    rivals: incident.rivals.map(({ device, probability }) => ({
      equipment_id: idOf(network, device),
      probability: rounded(probability),
    })),
    service_points: incident.servicePointCount,
    evidence: incident.evidenceCount,
  }
}

function rounded(probability: number): number {
  return Number(probability.toPrecision(6))
}

/** Says on standard error what the run left aside; a dozen remarks on the network are enough to see what is wrong with it. */
function tellAside(aside: Aside, remarks: string[]): void {
  for (const [reason, { count, example }] of aside) console.error(`${count} × ${reason}, left aside (${example})`)
  for (const remark of remarks.slice(0, 12)) console.error(remark)
  if (remarks.length > 12) console.error(`and ${remarks.length - 12} more such remarks on the network`)
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, file.endsWith('.gz') ? gzipSync(text) : text)
  } catch (error) {
    throw new BadInput(
      `--out ${file}: cannot be written (${(error as Error).message}); a file in a folder that is there`,
    )
  }
}

async function infer(args: string[]): Promise<void> {
  const options = readOptions(args)
  const started = performance.now()
  const lab = await readNetwork(options.network)
  const { network } = lab
  const inference = createNetworkInference(network)
  const remarks = [...network.remarks.map(({ says }) => says), ...remarkOnSupply(network, inference.supply)]
  const read_s = (performance.now() - started) / 1000
  const aside: Aside = new Map()
  let [last, count] = [-Infinity, 0]
  for await (const { at, evidence } of readEvidence(options.evidence, lab, aside)) {
    hearEvidence(inference, evidence)
    last = Math.max(last, at)
    count++
  }
  const now = Number.isNaN(options.at) ? last + CALLING_OVER_ms : Math.max(options.at, last)
  const settled = [...settleNetwork(inference, now).values()].flatMap(({ incidents }) => incidents)
  settled.sort((a, b) => b.probability - a.probability || b.servicePointCount - a.servicePointCount)
  const text = `${JSON.stringify({ incidents: settled.map((each) => answer(network, each)) }, null, 1)}\n`
  await write(options.out, text)
  tellAside(aside, remarks)
  const all_s = (performance.now() - started) / 1000
  console.error(
    `${network.servicePoints.ids.size} service points read in ${read_s.toFixed(2)} s; ${count} lines settled into ${settled.length} incidents, ${all_s.toFixed(2)} s in all`,
  )
}

export function run(args: string[]): Promise<void> {
  return refusingBadInput('infer', () => infer(args))
}
