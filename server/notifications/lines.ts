// The channels that a worker holds open, each as last configured, and what comes back on them.
import type { Database } from '../database/index.ts'
import type { Answer, Channel, Receipt, Reply } from './channels/channel.ts'
import { openExercise } from './channels/exercise.ts'
import { openChannel, type ChannelConfig } from './channels/open-channel.ts'
import { EarlyReceipts, hearReceipt } from './receipts.ts'
import { Rests } from './rests.ts'

export type LineOptions = {
  now: () => Date
  /** Where the print channel writes. */
  write: (line: string) => void
  /** Hears what customers send back; resolves once it is kept, to what they are answered where the line can carry it. */
  onReply: (channel: string, reply: Reply) => Promise<Answer | null>
  /** Training: nothing leaves the machine, whatever the channels are configured to. */
  exercise: boolean
}
export type ConfigRow = ChannelConfig & { updated_at: Date; due: boolean }
type Line = { channel: Channel; updatedAt: number; early: EarlyReceipts }

export class Lines {
  readonly #lines = new Map<string, Line>()
  readonly #deaf: Rests
  readonly #database: Database
  readonly #options: LineOptions

  constructor(database: Database, options: LineOptions) {
    this.#database = database
    this.#options = options
    this.#deaf = new Rests(options.now)
  }

  /** The channel, opened where it is not or was configured anew; throws where its settings cannot be used. */
  open(config: ConfigRow): Channel {
    const known = this.#lines.get(config.channel)
    if (known?.updatedAt === config.updated_at.getTime()) return known.channel
    void known?.channel.close?.()
    const { now, write, onReply, exercise } = this.#options
    const early = new EarlyReceipts()
    const onReceipt = async (receipt: Receipt) => {
      if (!(await this.#hear(config.channel, receipt))) early.keep(receipt, now())
    }
    const around = { now, write, onReceipt, onReply: (reply: Reply) => onReply(config.channel, reply) }
    const channel = exercise ? openExercise(write) : openChannel(config, around)
    this.#lines.set(config.channel, { channel, updatedAt: config.updated_at.getTime(), early })
    return channel
  }

  /** Keeps a line open on which receipts and replies come, also while there is nothing to send. */
  async listen(config: ConfigRow): Promise<void> {
    if (this.#deaf.isResting(config.channel)) return
    try {
      await this.open(config).listen?.()
      this.#deaf.wake(config.channel)
    } catch {
      // Sending says why, where there is something to send.
      this.#deaf.rest(config.channel)
    }
  }

  /** Tries receipts again that came before their messages' numbers were written down. */
  async hearAgain(): Promise<void> {
    for (const [name, { early }] of this.#lines) {
      const unknown = await early.again((receipt) => this.#hear(name, receipt), this.#options.now())
      if (unknown > 0) console.error(`${unknown} receipts of ${name} name no message of ours`)
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lines.values()].map(async ({ channel }) => channel.close?.()))
  }

  #hear(channel: string, receipt: Receipt): Promise<boolean> {
    return hearReceipt(this.#database, channel, receipt, this.#options.now())
  }
}
