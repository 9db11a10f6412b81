// `npm run lab -- storm`: every way of dispatching on one generated storm, side by side.
import { parseArgs } from 'node:util'
import { compareOnStorm, usualIterations } from '../storm/compare.ts'
import { shapes, type Shape } from '../storm/generate.ts'
import { stormTable } from '../storm/print.ts'
import { BadInput, refusingBadInput } from './bad-input.ts'
import { writeText } from './files.ts'

const usage =
  'npm run lab -- storm --seed N --shape swath|uniform --incidents 300 --crews 60 --districts 10 --out F.json [--iterations 100]'

/** Limits keep one run within minutes: a re-plan costs about incidents × crews. */
const limits = { incidents: 2000, crews: 500, districts: 100, iterations: 100_000 }

/** Prints the table and writes the figures of every policy. */
export function run(args: string[]): Promise<void> {
  return refusingBadInput('storm', async () => {
    const { seed, shape, incidents, crews, districts, iterations, out } = readArguments(args)
    const comparison = compareOnStorm(seed, shape, { incidents, crews, districts }, iterations)
    writeText(out, `${JSON.stringify(comparison, null, 2)}\n`)
    console.log(stormTable(comparison))
  })
}

function readArguments(args: string[]) {
  const text = { type: 'string' } as const
  const options = {
    seed: text,
    shape: text,
    incidents: text,
    crews: text,
    districts: text,
    iterations: text,
    out: text,
  }
  let values
  try {
    values = parseArgs({ args, options }).values
  } catch (error) {
    throw new BadInput(`${(error as Error).message}; usage: ${usage}`)
  }
  if (!values.out) throw new BadInput(`--out is missing; usage: ${usage}`)
  const shape = shapes.find((known) => known === (values.shape ?? 'swath'))
  if (!shape) throw new BadInput(`--shape ${values.shape}: must be ${shapes.join(' or ')}`)
  const seed = Number(values.seed ?? '1')
  if (!Number.isInteger(seed)) throw new BadInput(`--seed ${values.seed}: must be a whole number`)
  return {
    seed,
    shape: shape as Shape,
    incidents: wholeNumber('incidents', values.incidents ?? '300'),
    crews: wholeNumber('crews', values.crews ?? '60'),
    districts: wholeNumber('districts', values.districts ?? '10'),
    iterations: wholeNumber('iterations', values.iterations ?? String(usualIterations)),
    out: values.out,
  }
}

function wholeNumber(name: keyof typeof limits, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= limits[name]) return value
  throw new BadInput(`--${name} ${text}: must be a whole number from 1 to ${limits[name]}`)
}
