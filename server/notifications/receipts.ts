// What channels say later about messages they took. A receipt may be quicker than the writing down of its message's number: one
// that names no message yet is kept for a minute and tried again after each writing down.
import { phoneForms } from '../contract/phone.ts'
import type { Queries } from '../database/index.ts'
import type { Receipt } from './channels/channel.ts'

const kept_ms = 60_000
/** A provider that sends more receipts that nobody knows is not ours. */
const kept = 10_000

const stateOf = { taken: 'sent', arrived: 'delivered', failed: 'dead' } as const

/** Writes down what `receipt` says; false where it names no message that it could settle. */
export async function hearReceipt(queries: Queries, channel: string, receipt: Receipt, now: Date): Promise<boolean> {
  const { step, reason, providerId, id, reference } = receipt
  const touched = await queries.touch('notifications/hear_receipt', {
    channel,
    state: stateOf[step],
    reason,
    now,
    provider_id: providerId ?? null,
    id: id ?? null,
    low: reference?.low ?? null,
    recipients: reference ? recipientsOf(reference.recipient) : null,
  })
  return touched > 0
}

/** A message goes to the digits of its number, however that is written here. */
function recipientsOf(number: string): string[] {
  return [...phoneForms(number), `+${number.replace(/\D/g, '')}`]
}

/** Receipts that name no message yet, of one channel. */
export class EarlyReceipts {
  #held: { receipt: Receipt; at: number }[] = []

  keep(receipt: Receipt, now: Date): void {
    if (this.#held.length < kept) this.#held.push({ receipt, at: now.getTime() })
  }

  /** Tries each again by `hear`; answers how many were given up for unknown. */
  async again(hear: (receipt: Receipt) => Promise<boolean>, now: Date): Promise<number> {
    const tried = this.#held
    this.#held = []
    let unknown = 0
    for (const { receipt, at } of tried) {
      if (await hear(receipt)) continue
      if (now.getTime() - at < kept_ms) this.#held.push({ receipt, at })
      else unknown++
    }
    return unknown
  }
}
