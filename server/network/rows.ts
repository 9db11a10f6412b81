// What the network is built from: the rows of the import formats, whether they come from files or from the database.

/** Medium-voltage equipment kinds; everything but `line` can be opened on purpose. */
export type EquipmentKind = 'breaker' | 'recloser' | 'switch' | 'fuse' | 'line'
export type LvEquipmentKind = 'lv_branch' | 'meter_box'

export type EquipmentRow = {
  id: string
  kind: EquipmentKind
  from_node: string
  to_node: string
  feeder_id?: string | null
  normal_state?: 'closed' | 'open' | null
  telemetered?: boolean | null
}
export type SourceRow = { node: string; substation_id: string }
export type TransformerRow = { id: string; node?: string | null; feeder_id?: string | null }
export type LvEquipmentRow = { id: string; kind: LvEquipmentKind; transformer_id: string; parent_id?: string | null }
export type ServicePointRow = {
  id: string
  transformer_id: string
  lv_equipment_id?: string | null
  /** Its meter speaks up (`meter_no` is filled). */
  metered?: boolean
  /** Disconnected for non-payment: its silence says nothing. */
  disconnected?: boolean
}

/** All rows of one network; iterables, so that millions of service points need not stand in memory twice. */
export type NetworkRows = {
  equipment?: Iterable<EquipmentRow>
  sources?: Iterable<SourceRow>
  transformers: Iterable<TransformerRow>
  lvEquipment?: Iterable<LvEquipmentRow>
  servicePoints: Iterable<ServicePointRow>
}
