// `npm run replay -- FILE [--speed X] [--policy P]`: plays a recorded or generated storm through the service, in a database of its
// own, and prints what it came to.
import { StartRefusal } from '../../server/database/index.ts'
import { FolderRefusal } from '../import/index.ts'
import { readArguments } from './arguments.ts'
import { StormRefusal } from './given-storm.ts'
import { progressPrinter, summaryOf } from './print.ts'
import { replay } from './replay.ts'

try {
  const asked = readArguments(process.argv.slice(2))
  const place = {
    url: process.env['DATABASE_URL'] || null,
    dataFolder: process.env['RELIGHT_DATA'] || '.relight',
  }
  const outcome = await replay(asked, place, (line) => console.error(line), progressPrinter())
  console.log(summaryOf(outcome))
} catch (reason) {
  const isRefusal = [StormRefusal, StartRefusal, FolderRefusal].some((kind) => reason instanceof kind)
  if (!isRefusal) throw reason
  console.error(`replay: ${(reason as Error).message}`)
  process.exitCode = 2
}
