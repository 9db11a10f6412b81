// Owes customers a message, in the transaction that makes it true: it is committed with its cause or not at all.
import { appendEvent } from '../live/index.ts'
import type { Transaction } from '../database/index.ts'
import type { MatterKind } from './matters.ts'
import { owedEvent, readQuiet, type OwedEvent } from './owed.ts'
import { bodiesOf } from './wording.ts'

type Owed = { kind: MatterKind; incidentId: string; key: string; ended: boolean }

/**
 * Notes that all who are out by the incident are owed the news of it, or its correction where it was cancelled; writeOut() writes it
 * out for each of them. Those told of it before get no second message, so it may be called as it grows. A storm's incident grows with
 * every call, to thousands of customers: written out at once, they would make the caller wait whose report it was.
 */
export function oweOutageKnown(transaction: Transaction, incidentId: string, now: Date): void {
  transaction.send('notifications/note_owing', { incident_id: incidentId, now })
}

/**
 * Writes the news of an outage out for all who are out by it now, those who had been told that supply is back among them; or its
 * correction, for whoever heard of it and is not out by anything. The event that tells of it is the caller's to append.
 */
export async function writeOutageNews(
  transaction: Transaction,
  kind: 'outage_known' | 'outage_withdrawn',
  incidentId: string,
  now: Date,
): Promise<OwedEvent | null> {
  const key = await turnKey(transaction, kind, incidentId)
  return write(transaction, { kind, incidentId, key, ended: false }, now)
}

/** Tells all who are out that a crew has set out; one message an assignment. */
export function oweCrewOnWay(
  transaction: Transaction,
  incidentId: string,
  assignmentId: string,
  now: Date,
): Promise<number> {
  const key = `crew_on_way:${incidentId}:${assignmentId}`
  return owe(transaction, { kind: 'crew_on_way', incidentId, key, ended: false }, now)
}

/** Tells all who are out, and heard of a crew under way, that it is not coming, or has left; one message an assignment. */
export function oweCrewChanged(
  transaction: Transaction,
  incidentId: string,
  assignmentId: string,
  now: Date,
): Promise<number> {
  const key = `crew_changed:${incidentId}:${assignmentId}`
  return owe(transaction, { kind: 'crew_changed', incidentId, key, ended: false }, now)
}

/** Tells all who are out of another estimate; the same one twice is one message. */
export function oweEstimateChanged(
  transaction: Transaction,
  incidentId: string,
  estimateAt: Date,
  now: Date,
): Promise<number> {
  const key = `estimate_changed:${incidentId}:${estimateAt.toISOString()}`
  return owe(transaction, { kind: 'estimate_changed', incidentId, key, ended: false }, now)
}

/** Tells all whose supply is back: after each step of restoration those of this step, since the others were told before. */
export async function oweRestored(transaction: Transaction, incident: { id: string }, now: Date): Promise<number> {
  const key = await turnKey(transaction, 'restored', incident.id)
  return owe(transaction, { kind: 'restored', incidentId: incident.id, key, ended: true }, now)
}

const opposites = {
  outage_known: ['restored', 'outage_withdrawn'],
  restored: ['outage_known'],
  outage_withdrawn: ['outage_known'],
} as const

/**
 * The key under which an incident's loss of supply, or its return, is told: another one each time that what was told before has been
 * followed by its opposite, so that customers who go out again hear of it, and then of their return.
 */
async function turnKey(transaction: Transaction, kind: keyof typeof opposites, incidentId: string): Promise<string> {
  const first = `${kind}:${incidentId}`
  const before = await transaction.maybe<{ id: number; key: string }>('notifications/read_last_matter', {
    incident_id: incidentId,
    kinds: [...opposites[kind]],
  })
  const isFirstReturn = kind !== 'outage_known' && before?.key === `outage_known:${incidentId}`
  return !before || isFirstReturn ? first : `${first}:${before.id}`
}

/** Writes what is owed, and tells of it. Answers how many are to be told. */
async function owe(transaction: Transaction, owed: Owed, now: Date): Promise<number> {
  const event = await write(transaction, owed, now)
  if (event) await appendEvent(transaction, event)
  return event?.data.count ?? 0
}

/** Writes the matter (its words come from what is so when they are sent) and, in one statement, a row for everyone who is to be told; null where nobody is. */
async function write(transaction: Transaction, owed: Owed, now: Date): Promise<OwedEvent | null> {
  const quiet = await readQuiet(transaction, now)
  const { template, bodies } = await bodiesOf(transaction, owed.kind)
  const { id } = await transaction.one<{ id: number }>('notifications/open_matter', {
    key: owed.key,
    kind: owed.kind,
    incident_id: owed.incidentId,
    template,
    bodies: JSON.stringify(bodies),
    now,
  })
  const statement = owed.kind === 'outage_withdrawn' ? 'notifications/owe_to_told' : 'notifications/owe_to_interrupted'
  const told = await transaction.touch(statement, {
    matter_id: id,
    kind: owed.kind,
    opposites: owed.kind in opposites ? [...opposites[owed.kind as keyof typeof opposites]] : null,
    incident_id: owed.incidentId,
    ended: owed.ended,
    now,
    ...quiet,
  })
  if (told === 0) return null
  transaction.send('notifications/mark_held', { matter_id: id })
  return owedEvent(owed.kind, owed.key, owed.incidentId, told)
}
