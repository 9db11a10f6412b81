// How long a repair takes on site where nothing better is known, by kind of device. Pure.
import type { EquipmentKind } from '../contract/incidents.ts'

/**
 * Expected minutes on site, from arrival to restored supply: switchgear is reset or bridged, a line wants climbing or
 * digging, a transformer wants exchanging. A plan needs their order and rough size; the estimate told to customers is
 * the estimates' own.
 */
const repair_min: Record<EquipmentKind, number> = {
  breaker: 60,
  recloser: 60,
  switch: 60,
  fuse: 40,
  line: 90,
  transformer: 120,
  lv_branch: 60,
  meter_box: 45,
  service_point: 30,
}

/** Finding the cause on site where it is not known yet; any crew can do it. */
export const assessment_s = 15 * 60
/** Connecting a generator vehicle to one transformer's low-voltage board. */
export const connect_s = 30 * 60
/** A shorter repair is done before a generator vehicle has driven up and connected. */
const generatorFrom_s = 90 * 60

export function repairTime_s(kind: EquipmentKind): number {
  return repair_min[kind] * 60
}

/** Whether a generator vehicle is worth asking for: one transformer's customers, out for long. */
export function generatorHelps(kind: EquipmentKind, transformers: number, customers: number): boolean {
  return transformers === 1 && customers > 1 && repairTime_s(kind) >= generatorFrom_s
}
