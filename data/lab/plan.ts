// `npm run lab -- plan`: plans one instance of the literature with the service's own optimiser.
import { parseArgs } from 'node:util'
import { InstanceFault, planInstance, readInstance } from '../../server/dispatch/index.ts'
import { BadInput, refusingBadInput } from './bad-input.ts'
import { readJson, writeText } from './files.ts'

const usage = 'npm run lab -- plan --instance F.json --seconds S --seed N --out F.json'

/** Writes `{ name, value, routes }`. */
export function run(args: string[]): Promise<void> {
  return refusingBadInput('plan', async () => {
    const { instanceFile, seconds, seed, outFile } = readArguments(args)
    const plan = planFile(instanceFile, seconds, seed)
    writeText(outFile, `${JSON.stringify(plan)}\n`)
    const stops = plan.routes.reduce((sum, route) => sum + route.length, 0)
    console.log(`${plan.name}: ${plan.value} (${plan.routes.length} crews, ${stops} stops)`)
  })
}

function readArguments(args: string[]) {
  const text = { type: 'string' } as const
  let values
  try {
    values = parseArgs({ args, options: { instance: text, seconds: text, seed: text, out: text } }).values
  } catch (error) {
    throw new BadInput(`${(error as Error).message}; usage: ${usage}`)
  }
  const { instance, out, seconds = '10', seed = '1' } = values
  if (!instance || !out) throw new BadInput(`${instance ? '--out' : '--instance'} is missing; usage: ${usage}`)
  if (!(Number(seconds) > 0 && Number(seconds) <= 3600)) {
    throw new BadInput(`--seconds ${seconds}: must be a number above 0 and up to 3600`)
  }
  if (!Number.isInteger(Number(seed))) throw new BadInput(`--seed ${seed}: must be a whole number`)
  return { instanceFile: instance, seconds: Number(seconds), seed: Number(seed), outFile: out }
}

function planFile(file: string, seconds: number, seed: number) {
  try {
    const instance = readInstance(readJson(file))
    return planInstance(instance, { milliseconds: seconds * 1000, clock: () => performance.now() }, seed)
  } catch (error) {
    throw error instanceof InstanceFault ? new BadInput(`${file}: ${error.message}`) : error
  }
}
