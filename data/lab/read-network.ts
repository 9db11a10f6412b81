// Reads the network files of an import folder straight into the network room, for experiments that need no database. The
// import refuses bad rows one by one; here the first bad row stops the run with its file, line, column and reason.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { readCsv } from '../import/read-csv.ts'
import { BadInput } from './bad-input.ts'
import {
  buildNetwork,
  type EquipmentKind,
  type EquipmentRow,
  type LvEquipmentKind,
  type LvEquipmentRow,
  type Network,
  type ServicePointRow,
  type SourceRow,
  type TransformerRow,
} from '../../server/network/index.ts'

export type LabNetwork = {
  network: Network
  /** Service points by account and by meter number; a number that two of them share finds the first. */
  byAccount: Map<string, number>
  byMeter: Map<string, number>
}

type Row = { file: string; line: number; values: Record<string, string> }

async function* rowsOf(folder: string, file: string, required: boolean): AsyncGenerator<Row> {
  const plain = path.join(folder, file)
  const found = [plain, `${plain}.gz`].find((each) => existsSync(each))
  if (found === undefined) {
    if (required) throw new BadInput(`${plain}: is not there; a network needs at least this file`)
    return
  }
  try {
    for await (const { line, values } of readCsv(found)) yield { file: found, line, values }
  } catch (error) {
    if (error instanceof BadInput) throw error
    throw new BadInput(`${found}: cannot be read as CSV: ${(error as Error).message}`)
  }
}

function need(row: Row, column: string): string {
  const value = row.values[column]
  if (value === undefined) throw refuse(row, column, 'the column is missing', 'a header with this name')
  if (value === '') throw refuse(row, column, 'is empty', 'an identifier')
  return value
}

function oneOf<Word extends string>(row: Row, column: string, words: readonly Word[]): Word {
  const value = need(row, column) as Word
  if (!words.includes(value)) throw refuse(row, column, `is ${JSON.stringify(value)}`, words.join(', '))
  return value
}

function refuse({ file, line }: Row, column: string, wrong: string, right: string): BadInput {
  return new BadInput(`${file}:${line}: ${column} ${wrong}; right would be: ${right}`)
}

const kinds: readonly EquipmentKind[] = ['breaker', 'recloser', 'switch', 'fuse', 'line']
const switchStates = ['closed', 'open'] as const
const lvKinds: readonly LvEquipmentKind[] = ['lv_branch', 'meter_box']

async function readEquipment(folder: string): Promise<EquipmentRow[]> {
  const rows: EquipmentRow[] = []
  for await (const row of rowsOf(folder, 'equipment.csv', false))
    rows.push({
      id: need(row, 'id'),
      kind: oneOf(row, 'kind', kinds),
      from_node: need(row, 'from_node'),
      to_node: need(row, 'to_node'),
      feeder_id: row.values.feeder_id || null,
      normal_state: row.values.normal_state ? oneOf(row, 'normal_state', switchStates) : null,
      telemetered: row.values.telemetered?.toLowerCase() === 'true',
    })
  return rows
}

/** Every row once under its identifier: a second one would silently win or lose. */
function unique<Each extends { id: string }>(rows: Each[], folder: string, file: string): Each[] {
  const known = new Set<string>()
  rows.forEach(({ id }, index) => {
    if (known.has(id)) throw new BadInput(`${path.join(folder, file)}:${index + 2}: id ${id} comes a second time`)
    known.add(id)
  })
  return rows
}

async function readServicePoints(folder: string, transformers: ReadonlySet<string>) {
  const [rows, accounts, meters]: [ServicePointRow[], string[], string[]] = [[], [], []]
  for await (const row of rowsOf(folder, 'service_points.csv', true)) {
    const transformer = need(row, 'transformer_id')
    if (!transformers.has(transformer))
      throw refuse(row, 'transformer_id', `${transformer} is not in transformers.csv`, 'a transformer of this folder')
    rows.push({
      id: need(row, 'id'),
      transformer_id: transformer,
      lv_equipment_id: row.values.lv_equipment_id || null,
      metered: Boolean(row.values.meter_no),
      disconnected: row.values.connection === 'disconnected_nonpayment',
    })
    accounts.push(row.values.account_no ?? '')
    meters.push(row.values.meter_no ?? '')
  }
  return { rows: unique(rows, folder, 'service_points.csv'), accounts, meters }
}

/** Reads `equipment`, `sources`, `transformers`, `lv_equipment` and `service_points` of a folder (each may end in `.gz`). */
export async function readNetwork(folder: string): Promise<LabNetwork> {
  const equipment = unique(await readEquipment(folder), folder, 'equipment.csv')
  const sources: SourceRow[] = []
  for await (const row of rowsOf(folder, 'sources.csv', false))
    sources.push({ node: need(row, 'node'), substation_id: row.values.substation_id ?? '' })
  const transformers: TransformerRow[] = []
  for await (const row of rowsOf(folder, 'transformers.csv', true))
    transformers.push({
      id: need(row, 'id'),
      node: row.values.node || null,
      feeder_id: row.values.feeder_id || null,
    })
  unique(transformers, folder, 'transformers.csv')
  const lvEquipment: LvEquipmentRow[] = []
  for await (const row of rowsOf(folder, 'lv_equipment.csv', false))
    lvEquipment.push({
      id: need(row, 'id'),
      kind: oneOf(row, 'kind', lvKinds),
      transformer_id: need(row, 'transformer_id'),
      parent_id: row.values.parent_id || null,
    })
  const points = await readServicePoints(folder, new Set(transformers.map(({ id }) => id)))
  const network = buildNetwork({ equipment, sources, transformers, lvEquipment, servicePoints: points.rows })
  return { network, byAccount: numberBy(points.accounts), byMeter: numberBy(points.meters) }
}

function numberBy(names: string[]): Map<string, number> {
  const numbers = new Map<string, number>()
  names.forEach((name, index) => {
    if (name !== '' && !numbers.has(name)) numbers.set(name, index)
  })
  return numbers
}
