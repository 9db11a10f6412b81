// Sends one batch of one channel: claims it, sends it, writes down how it went four times a second. Between claiming and writing
// down the messages are ours for a while only; if this process dies, another one sends them again under the same key, but for
// those that a receipt has settled meanwhile.
import type { Database, Transaction } from '../database/index.ts'
import { appendEvent } from '../live/index.ts'
import { masked, type Channel, type Message, type Outcome } from './channels/channel.ts'
import type { ClaimedRow } from './claimed-row.ts'
import { endsWithRestoration } from './matters.ts'
import { ownPage, wordsFor, type Saying } from './message-words.ts'
import { overtakenBy } from './overtaken.ts'
import { render } from './render.ts'
import { retryAt } from './retry.ts'

/** Messages sent at the same time on one channel. */
const atOnce = 16
/** What was answered is written down this often: what is answered in between may be sent twice if this process dies. */
const writtenDown_ms = 250

export type BatchOptions = { batch: number; lease_ms: number; now: () => Date; random: () => number }

type Settled = {
  row: ClaimedRow
  state: 'sent' | 'queued' | 'dead' | 'superseded'
  reason: string | null
  providerId: string | null
  nextTryAt: Date
  /** What the customer got; null where nothing was sent. */
  sentText: string | null
}

/** How a batch went: messages claimed, and whether every one of them failed for the channel's sake. */
export type BatchResult = { claimed: number; allFailed: boolean }

/** Claims and sends up to `options.batch` messages of `channel`. */
export async function sendBatch(
  database: Database,
  channel: { name: string; open: () => Channel },
  options: BatchOptions,
): Promise<BatchResult> {
  const rows = await claim(database, channel.name, options)
  if (rows.length === 0) return { claimed: 0, allFailed: false }
  const saying = await database.one<Saying>('notifications/read_setting')
  const book = new SettledBook(database, channel.name, options.now)
  const next = rows.values()
  const sendOn = async () => {
    for (const row of next) book.add(await settleOne(row, saying, channel.open, options))
  }
  const timer = setInterval(() => void book.write().catch(() => {}), writtenDown_ms)
  try {
    await Promise.all(Array.from({ length: Math.min(atOnce, rows.length) }, sendOn))
  } finally {
    clearInterval(timer)
  }
  await book.write()
  return { claimed: rows.length, allFailed: book.allFailed }
}

/** How messages went, until it is written down; what could not be written stays for the next time. */
class SettledBook {
  allFailed = true
  #open: Settled[] = []
  #writing: Promise<void> = Promise.resolve()
  readonly #database: Database
  readonly #channel: string
  readonly #now: () => Date

  constructor(database: Database, channel: string, now: () => Date) {
    this.#database = database
    this.#channel = channel
    this.#now = now
  }

  add(settled: Settled): void {
    this.allFailed &&= settled.state === 'queued'
    this.#open.push(settled)
  }

  /** Writes down all that is open, after whatever is being written. */
  write(): Promise<void> {
    this.#writing = this.#writing.catch(() => {}).then(() => this.#writeOpen())
    return this.#writing
  }

  async #writeOpen(): Promise<void> {
    if (this.#open.length === 0) return
    const settled = this.#open
    this.#open = []
    try {
      await this.#database.transaction((transaction) => writeDown(transaction, this.#channel, settled, this.#now()))
    } catch (reason) {
      this.#open = [...settled, ...this.#open]
      throw reason
    }
  }
}

function claim(database: Database, channel: string, options: BatchOptions): Promise<ClaimedRow[]> {
  const now = options.now()
  return database.transaction(async (transaction) => {
    const budget = await transaction.maybe<{ granted: number }>('notifications/draw_budget', {
      channel,
      wanted: options.batch,
      now,
    })
    if (!budget || budget.granted < 1) return []
    const taken_until = new Date(now.getTime() + options.lease_ms)
    const rows = await transaction.rows<ClaimedRow>('notifications/claim', {
      channel,
      now,
      limit: budget.granted,
      taken_until,
    })
    if (rows.length < budget.granted)
      await transaction.touch('notifications/return_budget', { channel, unused: budget.granted - rows.length })
    return rows
  })
}

async function settleOne(
  row: ClaimedRow,
  saying: Saying,
  open: () => Channel,
  options: BatchOptions,
): Promise<Settled> {
  const now = options.now()
  const settled = (state: Settled['state'], reason: string | null, more: Partial<Settled> = {}): Settled => ({
    row,
    state,
    reason,
    providerId: null,
    nextTryAt: now,
    sentText: null,
    ...more,
  })
  const overtaken = overtakenBy(row)
  if (overtaken !== null) return settled('superseded', overtaken)
  const message = messageOrFault(row, saying, now)
  if (typeof message === 'string') return settled('dead', message)
  const outcome = await attempt(message, open)
  if (outcome.kind === 'sent')
    return settled('sent', null, { providerId: outcome.providerId ?? null, sentText: message.text })
  if (outcome.kind === 'refused') return settled('dead', outcome.reason)
  const next = retryAt({ tries: row.tries, createdAt: row.created_at }, now, options.random(), outcome.after_s)
  return next === null
    ? settled('dead', `given up after ${row.tries} tries: ${outcome.reason}`)
    : settled('queued', outcome.reason, { nextTryAt: next })
}

/** The message, or why it cannot be made. */
function messageOrFault(row: ClaimedRow, saying: Saying, now: Date): Message | string {
  try {
    return messageOf(row, saying, now)
  } catch (reason) {
    return (reason as Error).message
  }
}

async function attempt(message: Message, open: () => Channel): Promise<Outcome> {
  try {
    return await open().send(message)
  } catch (reason) {
    return { kind: 'retry', reason: sayFailure(reason as Error, message.recipient) }
  }
}

function messageOf(row: ClaimedRow, saying: Saying, now: Date): Message {
  return {
    id: row.id,
    key: `relight-${row.id}`,
    matter: row.matter,
    kind: row.kind,
    incidentId: row.matter_incident_id,
    servicePointId: row.service_point_id,
    recipient: row.recipient,
    language: row.language,
    text: textOf(row, saying, now),
    page: ownPage(row, saying),
  }
}

/** A message as its customer reads it at `now`. Throws WordMissing. */
export function textOf(row: ClaimedRow, saying: Saying, now: Date): string {
  const clock = { language: row.language, timezone: saying.timezone, now }
  return render(row.kind, row.bodies[row.language], wordsFor(row, saying, now), clock)
}

/** The reason of a failure without the recipient in it: reasons are shown and logged. */
function sayFailure(reason: Error, recipient: string): string {
  const cause = reason.cause instanceof Error ? `: ${reason.cause.message}` : ''
  return `${reason.message}${cause}`.slice(0, 300).replaceAll(recipient, masked(recipient))
}

/** What a customer got of an outage that goes on; null where they got no such message. */
function toldOf({ row, sentText }: Settled): ClaimedRow | null {
  return sentText !== null && endsWithRestoration[row.kind] ? row : null
}

async function writeDown(transaction: Transaction, channel: string, settled: Settled[], now: Date): Promise<void> {
  await transaction.touch('notifications/settle', {
    now,
    ids: settled.map((each) => each.row.id),
    tries: settled.map((each) => each.row.tries),
    states: settled.map((each) => each.state),
    reasons: settled.map((each) => each.reason),
    provider_ids: settled.map((each) => each.providerId),
    next_try_ats: settled.map((each) => each.nextTryAt),
    sent_texts: settled.map((each) => each.sentText),
    told_untils: settled.map((each) => toldOf(each)?.estimate_at ?? null),
    told_crews: settled.map((each) => toldOf(each)?.crew ?? null),
  })
  for (const matter of new Set(settled.map((each) => each.row.matter))) {
    const ofMatter = settled.filter((each) => each.row.matter === matter)
    const count = (state: Settled['state']) => ofMatter.filter((each) => each.state === state).length
    const [sent, dead, superseded] = [count('sent'), count('dead'), count('superseded')]
    if (sent + dead + superseded === 0) continue
    const { kind, matter_incident_id: incident_id } = ofMatter[0]!.row
    await appendEvent(transaction, {
      name: 'notification',
      step: dead > 0 && sent === 0 ? 'dead' : 'sent',
      subject_id: matter,
      incident_id,
      actor: 'notifications',
      data: { matter, kind, channel, sent, dead, superseded },
    })
  }
}
