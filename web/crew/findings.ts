// What the crew said, in the words of the wire. Pure.
import type { Cause } from '../../server/contract/incidents.ts'

export type Supply = 'restored' | 'partly' | 'out'
export type Found = {
  cause: Cause
  side: 'ours' | 'theirs' | null
  supply: Supply
  stillOut: readonly string[]
  note: string
  damaged: string
  voltage: string
  checked: readonly string[]
}

/** Volts in digits, or nothing: they need not be said. */
export const isVoltage = (text: string) => /^(\d+([.,]\d+)?)?$/.test(text.trim())

/** Whether it must still be said who is out: with nobody named, "partly" would tell everyone that supply is back. */
export const lacksStillOut = ({ supply, stillOut }: { supply: Supply | null; stillOut: readonly string[] }) =>
  supply === 'partly' && stillOut.length === 0

export function findingsOf(found: Found): Record<string, unknown> {
  const note = found.note.trim()
  const damaged = found.damaged.trim()
  const voltage = Number(found.voltage.replace(',', '.'))
  const visit: Record<string, number | boolean> = Object.fromEntries(found.checked.map((each) => [each, true]))
  if (found.voltage.trim() !== '' && Number.isFinite(voltage)) visit['voltage_v'] = voltage
  return {
    cause: found.cause,
    restored: found.supply !== 'out',
    ...(found.side ? { customer_side: found.side === 'theirs' } : {}),
    ...(found.supply === 'partly' ? { still_out_transformer_ids: [...found.stillOut] } : {}),
    ...(damaged ? { damaged_equipment_id: damaged } : {}),
    ...(note ? { note } : {}),
    ...(Object.keys(visit).length > 0 ? { visit } : {}),
  }
}
