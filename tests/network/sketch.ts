// Hand-drawn grids for tests. A word a device: `B1 S→a` is a piece of equipment from one node to another.
import {
  buildNetwork,
  type EquipmentKind,
  type EquipmentRow,
  type Network,
  type NetworkRows,
  type ServicePointRow,
} from '../../server/network/index.ts'

const kindOf: Record<string, EquipmentKind> = { B: 'breaker', R: 'recloser', S: 'switch', F: 'fuse', L: 'line' }

/** `F1 a>b`, with `!` behind for normally open and `*` for telemetered; the first letter of the name is the kind. */
export function equipment(...words: string[]): EquipmentRow[] {
  return words.map((word) => {
    const [id = '', ends = ''] = word.split(' ')
    const [from_node = '', to_node = ''] = ends.replace(/[!*]/g, '').split('>')
    return {
      id,
      kind: kindOf[id[0]!]!,
      from_node,
      to_node,
      normal_state: ends.includes('!') ? 'open' : 'closed',
      telemetered: ends.includes('*'),
      feeder_id: null,
    }
  })
}

/** Service points `name-1 … name-n` at a transformer or at its low-voltage equipment. */
export function customers(
  count: number,
  transformer_id: string,
  lv_equipment_id: string | null = null,
  metered = false,
) {
  const owner = lv_equipment_id ?? transformer_id
  return Array.from({ length: count }, (_, at): ServicePointRow => {
    return { id: `${owner}-${at + 1}`, transformer_id, lv_equipment_id, metered }
  })
}

export function grid(rows: Partial<NetworkRows>): Network {
  return buildNetwork({ sources: [{ node: 's', substation_id: 's' }], transformers: [], servicePoints: [], ...rows })
}
