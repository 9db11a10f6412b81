// `npm run bench -- [NAME]`: the benchmarks, seeded, each printed as a ratio against a named reference of the same run.
import { readdirSync } from 'node:fs'

/** What every benchmark file in this folder exports. */
export type Benchmark = { run(args: string[]): Promise<void> }

const benchmarks = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''))

const [name, ...args] = process.argv.slice(2)
if (name !== undefined && !benchmarks.includes(name)) {
  console.error(`bench: no benchmark ${JSON.stringify(name)}; there are ${benchmarks.join(', ')}`)
  process.exit(2)
}
for (const each of name === undefined ? benchmarks : [name]) {
  const benchmark = (await import(`./${each}.bench.ts`)) as Benchmark
  await benchmark.run(args)
}
