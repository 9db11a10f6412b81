// What every owing of messages shares: when the quiet hours that it falls into end, and the event that tells of it.
import type { Transaction } from '../database/index.ts'
import type { NewEvent } from '../live/index.ts'
import type { MatterKind, PlannedMatter, RequestMatter } from './matters.ts'
import { quietUntil } from './quiet-hours.ts'

type AnyMatter = MatterKind | PlannedMatter | RequestMatter

/** What is appended to the event log once messages are owed. */
export type OwedEvent = NewEvent & { data: { matter: string; kind: AnyMatter; count: number } }

export function owedEvent(kind: AnyMatter, key: string, incident_id: string | null, count: number): OwedEvent {
  return {
    name: 'notification',
    step: 'owed',
    subject_id: key,
    incident_id,
    actor: 'notifications',
    data: { matter: key, kind, count },
  }
}

/** The network's time zone, and when its quiet hours end where `now` is inside of them. */
export async function readQuiet(transaction: Transaction, now: Date) {
  const setting = await transaction.one<{ timezone: string; quiet_from: string | null; quiet_to: string | null }>(
    'notifications/read_setting',
  )
  const { quiet_from: from, quiet_to: to, timezone } = setting
  return { timezone, quiet_until: quietUntil(now, timezone, from === null || to === null ? null : { from, to }) }
}
