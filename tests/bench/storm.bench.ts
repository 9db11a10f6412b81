// `npm run bench -- storm [--seeds 1,2] [--shapes swath,uniform] [--incidents 300] [--crews 60] [--districts 10]
// [--iterations 100]`: every way of dispatching on every storm, then the ratios over the seeds, and how long a re-plan takes.
import { parseArgs } from 'node:util'
import { compareOnStorm, usualIterations, type StormComparison } from '../../data/storm/compare.ts'
import { shapes } from '../../data/storm/generate.ts'
import { stormTable } from '../../data/storm/print.ts'
import { replanFor_ms, timeReplans } from './replan-time.ts'

export async function run(args: string[]): Promise<void> {
  const text = { type: 'string' } as const
  const options = { seeds: text, shapes: text, incidents: text, crews: text, districts: text, iterations: text }
  const { values } = parseArgs({ args, options })
  const size = {
    incidents: Number(values.incidents ?? 300),
    crews: Number(values.crews ?? 60),
    districts: Number(values.districts ?? 10),
  }
  const seeds = (values.seeds ?? '1').split(',').map(Number)
  const wanted = shapes.filter((shape) => (values.shapes ?? 'swath,uniform').split(',').includes(shape))
  for (const shape of wanted) {
    const comparisons = seeds.map((seed) => {
      const comparison = compareOnStorm(seed, shape, size, Number(values.iterations ?? usualIterations))
      console.log(`\n${stormTable(comparison)}`)
      return comparison
    })
    summarise(shape, comparisons)
  }
  const times = timeReplans(size, 30)
  console.log(
    `\nre-plan after one event, ${size.incidents} incidents and ${size.crews} crews, budget ${replanFor_ms} ms:`,
  )
  for (const measure of ['wall_ms', 'processor_ms'] as const) {
    const sorted = times.map((time) => time[measure]).toSorted((a, b) => a - b)
    const [least, median, most] = [sorted[0]!, sorted[sorted.length >> 1]!, sorted.at(-1)!]
    const name = measure === 'wall_ms' ? 'on the wall ' : 'of processor'
    console.log(
      `  ${name}: minimum ${least.toFixed(1)} ms, median ${median.toFixed(1)} ms, maximum ${most.toFixed(1)} ms`,
    )
  }
}

/** The plan's customer-minutes against each reference of the same run: mean, minimum, median, maximum over the seeds. */
function summarise(shape: string, comparisons: StormComparison[]): void {
  console.log(
    `\n${shape}, ${comparisons.length} seeds: customer-minutes of the plan against    mean     min  median     max`,
  )
  for (const policy of Object.keys(comparisons[0]!.plan_against)) {
    line(
      policy,
      comparisons.map(({ plan_against }) => plan_against[policy]!),
    ) // the same policies in every comparison
  }
  const shareOf = (name: string) =>
    comparisons.map(({ policies }) => policies.find(({ policy }) => policy === name)!.share_of_crews_replanned!)
  line('crews changed a re-plan', shareOf('plan'))
  line('the same without the price', shareOf('plan_no_price_on_change'))
}

function line(name: string, values: number[]): void {
  const sorted = values.toSorted((a, b) => a - b)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const figures = [mean, sorted[0]!, sorted[sorted.length >> 1]!, sorted.at(-1)!]
  console.log(`  ${name.padEnd(58)}${figures.map((value) => value.toFixed(3).padStart(8)).join('')}`)
}
