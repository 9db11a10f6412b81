// The loop that sends what is owed. It looks when something was committed, and every second in any case; several servers
// may run it at once. A channel that fails as a whole is left alone for a while, so that its messages keep their tries.
import type { Database } from '../database/index.ts'
import { Lines, type ConfigRow, type LineOptions } from './lines.ts'
import { lookOften } from './look-often.ts'
import { Rests } from './rests.ts'
import { sendBatch } from './send-batch.ts'
import { startWritingOut } from './write-out.ts'

export type WorkerOptions = Partial<LineOptions> & {
  random?: () => number
  /** Messages claimed at a time: few enough that a batch of slow ones ends within the lease. */
  batch?: number
  /** How long claimed messages are ours; past that another worker takes them for orphaned. */
  lease_ms?: number
  look_ms?: number
}

/** 64 messages, 16 at a time, each at most 10 s: 40 s, within the lease. Receipts have as long to settle what a dead worker left. */
const defaults = { batch: 64, lease_ms: 60_000, look_ms: 1000 }
const worldOf = (options: WorkerOptions): LineOptions => ({
  now: () => new Date(),
  write: console.log,
  onReply: () => Promise.resolve(null),
  exercise: false,
  ...options,
})

/** Sends what is owed when it is asked to, for whoever keeps a time of their own. */
export type Sender = {
  /** Sends what is due; ends when nothing is. */
  send(): Promise<void>
  /** Ends after the batch at work. */
  halt(): void
  close(): Promise<void>
}

export function openSender(database: Database, options: WorkerOptions = {}): Sender {
  const { batch, lease_ms } = { ...defaults, ...options }
  const { random = Math.random } = options
  const world = worldOf(options)
  const { now } = world
  const lines = new Lines(database, world)
  const failing = new Rests(now)
  let halted = false

  const drain = async (config: ConfigRow) => {
    while (!halted && !failing.isResting(config.channel)) {
      const channel = { name: config.channel, open: () => lines.open(config) }
      const { claimed, allFailed } = await sendBatch(database, channel, { batch, lease_ms, now, random })
      if (claimed === 0) return
      if (allFailed) failing.rest(config.channel)
      else failing.wake(config.channel)
    }
  }

  return {
    async send() {
      const channels = await database.rows<ConfigRow>('notifications/due_channels', { now: now() })
      for (const config of channels) void lines.listen(config)
      await Promise.all(channels.filter(({ due }) => due).map(drain))
      await lines.hearAgain()
    },
    halt() {
      halted = true
    },
    close: () => lines.close(),
  }
}

export type NotificationWorker = { stop(): Promise<void> }

/** Starts sending. `stop` waits for the batch at work. */
export function startNotificationWorker(database: Database, options: WorkerOptions = {}): NotificationWorker {
  const { look_ms } = { ...defaults, ...options }
  const sender = openSender(database, options)
  // Beside each other: a storm's messages take a channel minutes to send, and nobody's news waits for them to be written out.
  const writing = startWritingOut(database, look_ms)
  const sending = lookOften(database, () => sender.send(), { look_ms, rest_ms: 0 }, 'notifications not sendable')
  return {
    stop: async () => {
      sender.halt()
      await Promise.all([writing.stop(), sending.stop()])
      await sender.close()
    },
  }
}
