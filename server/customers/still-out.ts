// "Is it really back?" One tap or one word answers it. "Still out" is a report like any other, from a household that is known:
// what settles it nests it in the incident that was taken for restored, from that one's first minute.
import type { ReportAnswer, ReportInput } from '../contract/reports.ts'
import type { Says } from '../contract/shapes.ts'
import type { Database } from '../database/index.ts'
import { takeSupplyAnswer } from '../incidents/index.ts'
import type { KnownPlace } from '../reports/index.ts'
import { statusOf, type CustomerStatus } from '../status/index.ts'

/** Takes a trouble call in: the reports room's own verb. */
export type Submit = (input: ReportInput, actor: string, known?: KnownPlace | null) => Promise<ReportAnswer>

export type AnswerDeps = { database: Database; now(): Date; submit: Submit }

/** A household that was asked, and about which incident. */
export type Asked = {
  service_point_id: string
  transformer_id: string
  account_no: string
  incident_id: string | null
}

export type BackAnswer = 'back' | 'still_out'
export type Answered = { says: Says; follow: string | null; status: CustomerStatus | null }

export const thanks: Says = {
  zh: '谢谢您告诉我们。',
  en: 'Thank you for telling us.',
}

/** Keeps the answer and does what it asks; the same answer twice does nothing more. */
export async function answerBack(
  deps: AnswerDeps,
  asked: Asked,
  answer: BackAnswer,
  channel: ReportInput['channel'],
): Promise<Answered> {
  const { database, now } = deps
  const { incident_id, service_point_id, transformer_id, account_no } = asked
  if (incident_id !== null) {
    const said = { incident_id, service_point_id, has_supply: answer === 'back', at: now(), said_by: channel }
    await database.transaction((transaction) => takeSupplyAnswer(transaction, said))
  }
  const before = await statusOf(database, service_point_id, now())
  if (answer === 'back') return { says: thanks, follow: null, status: before }
  // Out by what is known already: there is nothing to open, only to say.
  if (before && isOut(before)) return { says: before.says, follow: null, status: before }
  const input: ReportInput = { channel, account_no, symptom: 'no_power' }
  const { verdict, follow } = await deps.submit(input, 'public', { service_point_id, transformer_id })
  return { says: verdict.says, follow, status: await statusOf(database, service_point_id, now()) }
}

export function isOut({ kind }: CustomerStatus): boolean {
  return kind === 'suspected' || kind === 'confirmed' || kind === 'crew_on_its_way' || kind === 'crew_on_site'
}

/** True while it may be asked whether supply is really back. */
export function isBack({ kind }: CustomerStatus): boolean {
  return kind === 'restored' || kind === 'restored_unverified'
}
