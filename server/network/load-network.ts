// Reads the whole grid from the database into the graph in memory.
import type { Database } from '../database/index.ts'
import { buildNetwork, type Network } from './build-network.ts'
import type { EquipmentRow, LvEquipmentRow, ServicePointRow, SourceRow, TransformerRow } from './rows.ts'

/** Rows a read: large enough to keep the database busy, small enough that a batch is 10 MB. */
const batch = 50_000

type PointColumns = { ids: string[]; transformers: string[]; boxes: (string | null)[]; flags: number[] }
type PointRow = {
  id: string
  transformer_id: string
  lv_equipment_id: string | null
  metered: boolean
  disconnected: boolean
}

/** The transformer names repeat thousands of times as they come off the wire; one copy of each is kept. */
function internWith(known: Map<string, string>, text: string): string {
  const same = known.get(text)
  if (same !== undefined) return same
  known.set(text, text)
  return text
}

async function readServicePoints(database: Database): Promise<PointColumns> {
  const columns: PointColumns = { ids: [], transformers: [], boxes: [], flags: [] }
  const known = new Map<string, string>()
  for (let after = ''; ;) {
    const rows = await database.rows<PointRow>('network/read_service_points', { after, limit: batch })
    for (const row of rows) {
      columns.ids.push(row.id)
      columns.transformers.push(internWith(known, row.transformer_id))
      columns.boxes.push(row.lv_equipment_id === null ? null : internWith(known, row.lv_equipment_id))
      columns.flags.push((row.metered ? 1 : 0) + (row.disconnected ? 2 : 0))
    }
    const last = rows[rows.length - 1]
    if (!last || rows.length < batch) return columns
    after = last.id
  }
}

function* pointRows({ ids, transformers, boxes, flags }: PointColumns): Generator<ServicePointRow> {
  for (let index = 0; index < ids.length; index++)
    yield {
      id: ids[index]!,
      transformer_id: transformers[index]!,
      lv_equipment_id: boxes[index]!,
      metered: (flags[index]! & 1) !== 0,
      disconnected: (flags[index]! & 2) !== 0,
    }
}

/** The grid of all imported networks; node names are told apart by network. */
export async function loadNetwork(database: Database): Promise<Network> {
  const equipment = await database.rows<EquipmentRow>('network/read_equipment')
  const sources = await database.rows<SourceRow>('network/read_sources')
  const transformers = await database.rows<TransformerRow>('network/read_transformers')
  const lvEquipment = await database.rows<LvEquipmentRow>('network/read_lv_equipment')
  const points = await readServicePoints(database)
  return buildNetwork({ equipment, sources, transformers, lvEquipment, servicePoints: pointRows(points) })
}
