// Loads a folder of the import formats into the database: every file staged by COPY, judged and merged in one transaction, so
// that a reader sees all of it or none.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Database, Transaction } from '../../server/database/index.ts'
import { appendEvent } from '../../server/live/index.ts'
import { stageRefusals } from './copy-batch.ts'
import { converterFrom } from './crs.ts'
import { deriveAreas } from './derive-areas.ts'
import { findOddities } from './find-rings.ts'
import { formats, neededFiles } from './formats.ts'
import { judgeStaged } from './judge.ts'
import { type Merged, mergeStaged } from './merge.ts'
import { type NetworkFile, readNetworkFile } from './network-file.ts'
import { FolderRefusal, type Refusal, writeRefusals } from './refusals.ts'
import { stageFile } from './stage.ts'
import { creditOsm, osmRoadsFile, stageOsmRoads } from './stage-osm-roads.ts'

export { FolderRefusal } from './refusals.ts'
export { formatSummary } from './summary.ts'

/** What became of one file's rows. `ignored` names the columns that the formats do not know. */
export type FileSummary = {
  file: string
  read: number
  new: number
  changed: number
  unchanged: number
  refused: number
  ignored: string[]
}

/** What an import came to. `isLoaded` is false where `strict` met a refusal, or nothing was left to load. */
export type ImportSummary = {
  network: string
  files: FileSummary[]
  notes: string[]
  refused: number
  refusedFile: string | null
  isLoaded: boolean
}

/** How far an import is: the file or step it is at, the rows read of it, and its share of the bytes to read. */
export type ImportProgress = { step: string; rows: number; share: number | null }

/** `strict`: load nothing if anything is refused. */
export type ImportOptions = { strict?: boolean; onProgress?: (progress: ImportProgress) => void }

/** Carries a finished summary out of a transaction that is to be rolled back. */
class NothingKept extends Error {
  readonly summary: ImportSummary
  constructor(summary: ImportSummary) {
    super('nothing kept')
    this.summary = summary
  }
}

/** A running server reads its graphs anew when it sees this event; an import that wrote nothing is none. */
async function tellServers(transaction: Transaction, { network, files }: ImportSummary): Promise<void> {
  const written = files.filter((file) => file.new + file.changed > 0).map((file) => file.file)
  if (written.length === 0) return
  await appendEvent(transaction, {
    name: 'network',
    step: 'imported',
    subject_id: network,
    incident_id: null,
    actor: 'import',
    data: { network, files: written },
  })
}

/** Loads `folder`. Throws FolderRefusal, in one line, where there is nothing that could be loaded. */
export async function importFolder(
  database: Database,
  folder: string,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  const root = path.resolve(folder)
  assertFolder(root, folder)
  const network = readNetworkFile(root)
  try {
    return await database.transaction(async (transaction) => {
      const summary = await load(transaction, root, network, options)
      if (!summary.isLoaded) throw new NothingKept(summary)
      await tellServers(transaction, summary)
      return summary
    })
  } catch (reason) {
    if (reason instanceof NothingKept) return reason.summary
    throw reason
  }
}

function assertFolder(root: string, shown: string): void {
  if (!existsSync(root) || !statSync(root).isDirectory())
    throw new FolderRefusal(`${shown} is no folder; one with ${neededFiles.join(' and ')} would be right`)
  for (const file of neededFiles)
    if (!existsSync(path.join(root, file)))
      throw new FolderRefusal(
        `${shown} has no ${file}; ${neededFiles.join(' and ')} are the two files that must be there`,
      )
}

async function load(
  transaction: Transaction,
  root: string,
  network: NetworkFile,
  options: ImportOptions,
): Promise<ImportSummary> {
  const tell = options.onProgress ?? (() => {})
  const step = (name: string) => tell({ step: name, rows: 0, share: null })
  for (const statement of ['lock_import', 'set_memory', 'stage']) await transaction.touch(`import/${statement}`)
  await stageRefusals(transaction, network.refusals)
  const files = await stageAll(transaction, root, network, tell)
  step('judging')
  await transaction.touch('import/analyze_staged')
  const notes = await judgeStaged(transaction)
  const hasOsmRoads = !existsSync(path.join(root, 'roads_nodes.csv')) && existsSync(path.join(root, osmRoadsFile))
  const { id, ...networkRow } = await transaction.one<{ id: number; new: number; changed: number }>(
    'import/keep_network',
    {
      name: network.name,
      timezone: network.timezone,
      source: hasOsmRoads ? creditOsm(network.source) : network.source,
      licence: network.licence,
    },
  )
  const present = new Set(files.filter((file) => file.read > file.refused).map((file) => file.file))
  const merged = await mergeStaged(transaction, id, present, (file) => step(`merging ${file}`))
  step('counting customers')
  await transaction.touch('import/count_customers')
  await transaction.touch('import/analyze_kept')
  if (shapesAreas(merged)) {
    step('deriving areas')
    notes.push(...(await deriveAreas(transaction, id)))
  }
  notes.push(...(await lookForOddities(transaction, id)))
  notes.push(...foreignFiles(root))

  if (network.isThere)
    files.unshift({ file: 'network.json', read: 1, ...networkRow, unchanged: 0, refused: 0, ignored: network.unknown })
  for (const file of files) Object.assign(file, merged.get(file.file))
  await countRefusals(transaction, files)
  if (hasOsmRoads) for (const file of files) file.file = file.file.replace(/^roads_(\w+)\.csv$/, `${osmRoadsFile} $1`)
  const refused = files.reduce((sum, file) => sum + file.refused, 0)
  const loaded = files.some((file) => file.file !== 'network.json' && file.read > file.refused)
  const refusedFile = await listRefusals(transaction, root, refused, notes)
  const isLoaded = loaded && !(options.strict && refused > 0)
  return { network: network.name, files, notes, refused, refusedFile, isLoaded }
}

/** True where something that areas are derived from was written. */
function shapesAreas(merged: Map<string, Merged>): boolean {
  const shaping = ['districts.geojson', 'transformers.csv', 'areas.geojson', 'service_points.csv']
  return shaping.some((file) => (merged.get(file)?.new ?? 0) + (merged.get(file)?.changed ?? 0) > 0)
}

async function stageAll(
  transaction: Transaction,
  root: string,
  network: NetworkFile,
  tell: (progress: ImportProgress) => void,
): Promise<FileSummary[]> {
  const convert = converterFrom(network.crs)
  const summaries: FileSummary[] = []
  for (const format of formats) {
    const size_bytes = sizeOf(path.join(root, format.file))
    let read_bytes = 0
    const staged = await stageFile(transaction, root, format, convert, (bytes, rows) => {
      read_bytes += bytes
      tell({ step: `reading ${format.file}`, rows, share: size_bytes === 0 ? null : read_bytes / size_bytes })
    })
    if (staged === null) continue
    const { read, unknown } = staged
    summaries.push({
      file: format.file,
      read,
      new: 0,
      changed: 0,
      unchanged: 0,
      refused: read - staged.staged,
      ignored: unknown,
    })
  }
  if (!summaries.some((file) => file.file.startsWith('roads_'))) {
    const roads = await stageOsmRoads(transaction, root, (share) =>
      tell({ step: `reading ${osmRoadsFile}`, rows: 0, share }),
    )
    for (const { file, read } of roads)
      summaries.push({ file, read, new: 0, changed: 0, unchanged: 0, refused: 0, ignored: [] })
  }
  return summaries
}

const sizeOf = (file: string) => (existsSync(file) ? statSync(file).size : 0)

/** Sets `refused` and, from it, `unchanged` in every file's summary. */
async function countRefusals(transaction: Transaction, files: FileSummary[]): Promise<void> {
  const counted = await transaction.rows<{ file: string; refused: number }>('import/count_refusals')
  const refusals = new Map(counted.map((row) => [row.file, row.refused]))
  for (const file of files) {
    file.refused = refusals.get(file.file) ?? 0
    file.unchanged = Math.max(0, file.read - file.refused - file.new - file.changed)
  }
}

/** Writes FOLDER.refused.csv, or removes an old one; a place that cannot be written is told, not a reason to load nothing. */
async function listRefusals(
  transaction: Transaction,
  root: string,
  refused: number,
  notes: string[],
): Promise<string | null> {
  const file = `${root}.refused.csv`
  if (refused === 0) {
    if (existsSync(file)) rmSync(file)
    return null
  }
  await transaction.touch('import/open_refusals')
  try {
    await writeRefusals(file, pages(transaction))
    return file
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).syscall === undefined) throw reason
    notes.push(`${file} could not be written: ${(reason as Error).message}`)
    return null
  }
}

async function* pages(transaction: Transaction): AsyncGenerator<Refusal[]> {
  for (;;) {
    const page = await transaction.rows<Refusal>('import/fetch_refusals')
    if (page.length === 0) return
    yield page
  }
}

async function lookForOddities(transaction: Transaction, networkId: number): Promise<string[]> {
  const values = { network_id: networkId }
  const edges = await transaction.rows<{ id: string; from_node: string; to_node: string }>(
    'import/read_closed_equipment',
    values,
  )
  if (edges.length === 0) return []
  const sources = await transaction.rows<{ node: string }>('import/read_source_nodes', values)
  const hung = await transaction.rows<{ id: string; node: string }>('import/read_hung_transformers', values)
  const { ringClosers, unfed } = findOddities(
    edges,
    sources.map(({ node }) => node),
    hung,
  )
  const some = (ids: string[]) => ids.slice(0, 3).join(', ') + (ids.length > 3 ? ', …' : '')
  const notes: string[] = []
  if (ringClosers.length > 0)
    notes.push(`equipment.csv: ${ringClosers.length} rings of closed equipment, closed by ${some(ringClosers)}`)
  if (unfed.length > 0)
    notes.push(`transformers.csv: ${unfed.length} transformers are connected to no source: ${some(unfed)}`)
  return notes
}

/** Files that look like rows but have no name of the formats: a slip of a letter would otherwise go unseen. */
function foreignFiles(root: string): string[] {
  const known = new Set<string>(['network.json', osmRoadsFile, ...formats.map((format) => format.file)])
  const foreign = readdirSync(root).filter((file) => /\.(csv|geojson)$/.test(file) && !known.has(file))
  return foreign.map((file) => `${file}: not one of the formats' files, left alone`)
}
