// `npm run lab -- plan`: plans one instance of the literature with the service's own optimiser.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { gunzipSync, gzipSync } from 'node:zlib'
import { InstanceFault, planInstance, readInstance } from '../../server/dispatch/index.ts'

const usage = 'npm run lab -- plan --instance F.json --seconds S --seed N --out F.json'

/** What the command was given cannot be used; the message is one line that says what would be right. */
class Refusal extends Error {}

/** Writes `{ name, value, routes }`. Ends with exit code 2 and one line where the input cannot be planned. */
export async function run(args: string[]): Promise<void> {
  try {
    const { instanceFile, seconds, seed, outFile } = readArguments(args)
    const plan = planFile(instanceFile, seconds, seed)
    writeText(outFile, `${JSON.stringify(plan)}\n`)
    const stops = plan.routes.map((route) => route.length)
    console.log(`${plan.name}: ${plan.value} (${stops.length} crews, ${stops.reduce((a, b) => a + b, 0)} stops)`)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    console.error(`plan: ${error.message}`)
    process.exitCode = 2
  }
}

function readArguments(args: string[]) {
  const text = { type: 'string' } as const
  let values
  try {
    values = parseArgs({ args, options: { instance: text, seconds: text, seed: text, out: text } }).values
  } catch (error) {
    throw new Refusal(`${(error as Error).message}; usage: ${usage}`)
  }
  const { instance, out, seconds = '10', seed = '1' } = values
  if (!instance || !out) throw new Refusal(`${instance ? '--out' : '--instance'} is missing; usage: ${usage}`)
  if (!(Number(seconds) > 0 && Number(seconds) <= 3600)) {
    throw new Refusal(`--seconds ${seconds}: must be a number above 0 and up to 3600`)
  }
  if (!Number.isInteger(Number(seed))) throw new Refusal(`--seed ${seed}: must be a whole number`)
  return { instanceFile: instance, seconds: Number(seconds), seed: Number(seed), outFile: out }
}

function planFile(file: string, seconds: number, seed: number) {
  try {
    const instance = readInstance(readJson(file))
    return planInstance(instance, { milliseconds: seconds * 1000, clock: () => performance.now() }, seed)
  } catch (error) {
    throw error instanceof InstanceFault ? new Refusal(`${file}: ${error.message}`) : error
  }
}

function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, file.endsWith('.gz') ? gzipSync(text) : text)
  } catch (error) {
    throw new Refusal(`${file}: cannot be written: ${(error as Error).message}`)
  }
}

function readJson(file: string): unknown {
  let bytes
  try {
    bytes = readFileSync(file)
    if (file.endsWith('.gz')) bytes = gunzipSync(bytes)
  } catch (error) {
    throw new Refusal(`${file}: cannot be read: ${(error as Error).message}`)
  }
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw new Refusal(`${file}: not JSON: ${(error as Error).message}`)
  }
}
