// `npm run generate -- --out FOLDER --customers N [--seed S] [--city CITY] [--date DAY]`
import { ArgumentError, readArguments } from './arguments.ts'
import { generateRegion } from './index.ts'

/** Progress at most every second, on standard error. */
function createProgress(): (step: string, done: number, total: number) => void {
  let last = ''
  let next_ms = 0
  return (step, done, total) => {
    if (step === last && performance.now() < next_ms) return
    next_ms = performance.now() + 1000
    if (step !== last || total > 1) console.error(total > 1 ? `${step}: ${done} of ${total}` : step)
    last = step
  }
}

try {
  const request = readArguments(process.argv.slice(2))
  const summary = await generateRegion({ ...request, onProgress: createProgress() })
  for (const [name, count] of Object.entries(summary)) console.log(`${name.padEnd(14)}${String(count).padStart(10)}`)
  console.log(`written to ${request.folder}`)
} catch (error) {
  const isOurs = error instanceof ArgumentError || (error instanceof Error && 'syscall' in error)
  if (!isOurs) throw error
  console.error(`generate: ${error.message}`)
  process.exit(2)
}
