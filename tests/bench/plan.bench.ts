// `npm run bench -- plan [--folder F] [--seconds S] [--seed N] [--every K]`: the gap to the best known value, instance by
// instance. The folder holds `ccvrp` and `twct`; without it nothing can be measured and the benchmark says so.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { planInstance, readInstance } from '../../server/dispatch/index.ts'

const kinds = ['ccvrp', 'twct']

export async function run(args: string[]): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { folder: text, seconds: text, seed: text, every: text } })
  const folder = values.folder ?? join(import.meta.dirname, '../../../shared/data/benchmarks')
  for (const kind of kinds) {
    if (!existsSync(join(folder, kind))) console.log(`plan: ${join(folder, kind)} is not here, nothing measured`)
    else measure(join(folder, kind), Number(values.seconds ?? 1), Number(values.seed ?? 1), Number(values.every ?? 8))
  }
}

/** Takes every `every`-th file of the folder. */
function measure(folder: string, seconds: number, seed: number, every: number): void {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && !file.startsWith('.'))
  const gaps: number[] = []
  console.log(`\n${folder}: ${seconds} s each, seed ${seed}, every ${every} of ${files.length}`)
  console.log('instance                value    best known   gap %')
  for (const file of files.sort().filter((_, at) => at % every === 0)) {
    const raw = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { best_known: number }
    const plan = planInstance(readInstance(raw), { milliseconds: seconds * 1000, clock: () => performance.now() }, seed)
    const gap = (plan.value / raw.best_known - 1) * 100
    gaps.push(gap)
    console.log(
      `${plan.name.padEnd(16)} ${fixed(plan.value, 12, 2)} ${fixed(raw.best_known, 13, 2)} ${fixed(gap, 7, 3)}`,
    )
  }
  const sorted = gaps.toSorted((a, b) => a - b)
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  const [least, median, most] = [sorted[0]!, sorted[sorted.length >> 1]!, sorted.at(-1)!]
  console.log(`gap to best known: mean ${mean.toFixed(3)} %, minimum ${least.toFixed(3)}, median ${median.toFixed(3)},`)
  console.log(`  maximum ${most.toFixed(3)}, at the best known or better ${gaps.filter((gap) => gap <= 0).length}`)
}

function fixed(value: number, width: number, digits: number): string {
  return value.toFixed(digits).padStart(width)
}
