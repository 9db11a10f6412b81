// `npm run import -- FOLDER [--strict]`: loads a folder of the import formats into the database of this installation.
import { openDatabase, StartRefusal } from '../../server/database/index.ts'
import { FolderRefusal, formatSummary, importFolder, type ImportProgress } from './index.ts'

const usage = 'import: give one folder: npm run import -- FOLDER [--strict]'
/** On a terminal the line of progress is rewritten; in a log a line every so often says enough. */
const logEvery_ms = 5000

function progressPrinter(): (progress: ImportProgress) => void {
  let lastStep = ''
  let lastAt = 0
  return ({ step, rows, share }) => {
    const now = Date.now()
    const isNews = step !== lastStep || now - lastAt >= (process.stderr.isTTY ? 200 : logEvery_ms)
    if (!isNews) return
    const line = [step, rows > 0 ? `${rows} rows` : '', share === null ? '' : `${Math.floor(share * 100)} %`]
    const text = line.filter((part) => part !== '').join(', ')
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`)
    lastStep = step
    lastAt = now
  }
}

/** The one line for what went wrong; nothing of the folder was loaded by then. */
function lineFor(reason: unknown): string {
  const { code, message } = reason as { code?: string; message?: string }
  if (reason instanceof FolderRefusal || reason instanceof StartRefusal) return message!
  if (code === '53100' || code === 'ENOSPC') return `the disk is full (${message}); nothing was loaded`
  return `${message ?? String(reason)}; nothing was loaded`
}

async function run(args: string[]): Promise<number> {
  const folders = args.filter((arg) => !arg.startsWith('--'))
  const options = args.filter((arg) => arg.startsWith('--'))
  if (folders.length !== 1 || options.some((option) => option !== '--strict')) {
    console.error(usage)
    return 2
  }
  const place = {
    url: process.env['DATABASE_URL'] || null,
    replicaUrl: null,
    dataFolder: process.env['RELIGHT_DATA'] || '.relight',
  }
  const strict = options.includes('--strict')
  const database = await openDatabase(place, true)
  try {
    const summary = await importFolder(database, folders[0]!, { strict, onProgress: progressPrinter() })
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
    console.log(formatSummary(summary))
    if (summary.isLoaded) console.log(`network ${summary.network} is loaded`)
    else if (strict && summary.refused > 0) console.log('nothing was loaded: --strict, and rows were refused')
    else console.log('nothing was loaded: no row of the folder could be used')
    if (strict && summary.refused > 0) return 1
    return summary.isLoaded ? 0 : 2
  } finally {
    await database.close()
  }
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (reason) {
  console.error(`import: ${lineFor(reason)}`)
  process.exitCode = 2
}
