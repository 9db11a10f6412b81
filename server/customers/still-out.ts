// "Is it really back?" One tap or one word answers it. "Still out" is a report like any other, from a household that is known:
// what settles it nests it in the incident that was taken for restored, from that one's first minute.
import { anybody, isStranger } from '../access/index.ts'
import type { LocateMethod, ReportAnswer, ReportInput } from '../contract/reports.ts'
import type { RequestAnswer, RequestInput } from '../contract/requests.ts'
import type { Says } from '../contract/shapes.ts'
import type { Database, Queries } from '../database/index.ts'
import { takeSupplyAnswer } from '../incidents/index.ts'
import { forStranger, isUnnamed, type KnownPlace } from '../reports/index.ts'
import { statusForStranger, statusOf, type CustomerStatus } from '../status/index.ts'

/** Takes a trouble call in: the reports room's own verb. */
export type Submit = (input: ReportInput, actor: string, known?: KnownPlace | null) => Promise<ReportAnswer>

/** Keeps what somebody wrote for a person to read: the requests room's own verb. */
export type KeepWords = (
  input: Pick<RequestInput, 'kind' | 'text' | 'channel' | 'phone' | 'account_no'>,
  actor: string,
) => Promise<Pick<RequestAnswer, 'says'>>

export type AnswerDeps = { database: Database; now(): Date; submit: Submit; keepWords: KeepWords }

/** A household that was asked, and about which incident. `taken_by`: who took the report that is followed, null by a message of its own. */
export type Asked = {
  service_point_id: string
  transformer_id: string
  account_no: string
  taken_by: string | null
  /** How the household was found for the report that is followed. */
  method?: LocateMethod
  incident_id: string | null
}

export type BackAnswer = 'back' | 'still_out'
export type Answered = { says: Says; follow: string | null; status: CustomerStatus | null }

export const thanks: Says = {
  zh: '谢谢您告诉我们。',
  en: 'Thank you for telling us.',
}

/** What is so for the household, as far as whoever holds this link may know it. */
export async function statusFor(queries: Queries, asked: Asked, at: Date): Promise<CustomerStatus | null> {
  const status = await statusOf(queries, asked.service_point_id, at, isToldNoPlace(asked))
  return status && (isByStranger(asked) ? statusForStranger(status) : status)
}

const isToldNoPlace = ({ taken_by, method }: Asked) =>
  taken_by !== null && method !== undefined && isUnnamed(taken_by, method)

const isByStranger = ({ taken_by }: Asked) => taken_by !== null && isStranger(taken_by)

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
  const before = await statusFor(database, asked, now())
  if (answer === 'back') return { says: thanks, follow: null, status: before }
  // Out by what is known already: there is nothing to open, only to say.
  if (before && isOut(before)) return { says: before.says, follow: null, status: before }
  const input: ReportInput = { channel, account_no, symptom: 'no_power' }
  const taken = await deps.submit(input, anybody.name, { service_point_id, transformer_id })
  const { verdict, follow } = isByStranger(asked) ? forStranger(taken) : taken
  const status = await statusFor(database, asked, now())
  return { says: status && isToldNoPlace(asked) ? status.says : verdict.says, follow, status }
}

export function isOut({ kind }: CustomerStatus): boolean {
  return kind === 'suspected' || kind === 'confirmed' || kind === 'crew_on_its_way' || kind === 'crew_on_site'
}

/** True while it may be asked whether supply is really back. */
export function isBack({ kind }: CustomerStatus): boolean {
  return kind === 'restored' || kind === 'restored_unverified'
}
