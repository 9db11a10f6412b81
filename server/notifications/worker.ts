// The loop that sends what is owed. It looks when something was committed, and every second in any case; several servers
// may run it at once. A channel that fails as a whole is left alone for a while, so that its messages keep their tries.
import type { Database } from '../database/index.ts'
import type { Channel, Reply } from './channels/channel.ts'
import { openExercise } from './channels/exercise.ts'
import { openChannel, type ChannelConfig, type Surroundings } from './channels/open-channel.ts'
import { sendBatch } from './send-batch.ts'

export type WorkerOptions = {
  now?: () => Date
  random?: () => number
  /** Where the print channel writes. */
  write?: (line: string) => void
  /** Hears what customers send back; resolves once it is kept. */
  onReply?: (channel: string, reply: Reply) => Promise<void>
  /** Training: nothing leaves the machine, whatever the channels are configured to. */
  exercise?: boolean
  /** Messages claimed at a time: few enough that a batch of slow ones ends within the lease. */
  batch?: number
  /** How long claimed messages are ours; past that another worker takes them for orphaned. */
  lease_ms?: number
  look_ms?: number
}

/** 200 messages, 16 at a time, each at most 10 s: two minutes; the lease is more than twice that. */
const defaults = { batch: 200, lease_ms: 300_000, look_ms: 1000 }
/** A channel that failed as a whole waits this long at first, then twice as long each time, up to the longest. */
const pause_ms = 1000
const longestPause_ms = 60_000

export type NotificationWorker = { stop(): Promise<void> }

type Open = { channel: Channel; updatedAt: number }
type Pause = { until: number; length_ms: number }
type ConfigRow = ChannelConfig & { updated_at: Date }

/** Starts sending. `stop` waits for the batch at work. */
export function startNotificationWorker(database: Database, options: WorkerOptions = {}): NotificationWorker {
  const { batch, lease_ms, look_ms } = { ...defaults, ...options }
  const {
    now = () => new Date(),
    random = Math.random,
    write = console.log,
    onReply = () => Promise.resolve(),
  } = options
  const open = new Map<string, Open>()
  const paused = new Map<string, Pause>()
  let stopped = false
  let again = false
  let timer: NodeJS.Timeout | undefined
  let work: Promise<void> | null = null

  const opened = (config: ConfigRow): Channel => {
    const known = open.get(config.channel)
    if (known?.updatedAt === config.updated_at.getTime()) return known.channel
    void known?.channel.close?.()
    const around: Surroundings = {
      now,
      write,
      onReceipt: (receipt) => void noteReceipt(database, config.channel, receipt),
      onReply: (reply) => onReply(config.channel, reply),
    }
    const channel = options.exercise ? openExercise(write) : openChannel(config, around)
    open.set(config.channel, { channel, updatedAt: config.updated_at.getTime() })
    return channel
  }

  const drain = async (config: ConfigRow) => {
    while (!stopped) {
      const pause = paused.get(config.channel)
      if (pause && pause.until > now().getTime()) return
      const channel = { name: config.channel, open: () => opened(config) }
      const { claimed, allFailed } = await sendBatch(database, channel, { batch, lease_ms, now, random })
      if (claimed === 0) return
      if (allFailed) {
        const length_ms = pause ? Math.min(longestPause_ms, pause.length_ms * 2) : pause_ms
        paused.set(config.channel, { until: now().getTime() + length_ms, length_ms })
      } else paused.delete(config.channel)
    }
  }

  const look = async () => {
    do {
      again = false
      const due = await database.rows<ConfigRow>('notifications/due_channels', { now: now() })
      await Promise.all(due.map(drain))
    } while (again && !stopped)
  }

  const begin = () => {
    clearTimeout(timer)
    if (stopped) return
    if (work) {
      again = true
      return
    }
    work = look()
      .catch((reason: Error) => console.error('notifications not sendable, trying again:', reason.message))
      .finally(() => {
        work = null
        if (!stopped) timer = setTimeout(begin, look_ms)
      })
  }

  const forget = database.onHint(begin)
  begin()
  return {
    stop: async () => {
      stopped = true
      forget()
      clearTimeout(timer)
      await work
      await Promise.all([...open.values()].map(async ({ channel }) => channel.close?.()))
    },
  }
}

async function noteReceipt(
  database: Database,
  channel: string,
  receipt: { providerId: string; arrived: boolean; reason: string | null },
): Promise<void> {
  try {
    const { providerId: provider_id, arrived, reason } = receipt
    const known = await database.touch('notifications/deliver', { channel, provider_id, arrived, reason })
    if (known === 0) console.error(`a receipt of ${channel} names no message of ours`)
  } catch (reason) {
    console.error('receipt not written:', (reason as Error).message)
  }
}
