// What is written of a report: as it came in, where it was placed, what it was judged to mean, and the event that tells of it.
import type { Located, ReportInput, Verdict } from '../contract/reports.ts'
import type { Transaction } from '../database/index.ts'
import { appendEvent } from '../live/index.ts'
import { toWgs84, type Location } from './locate.ts'

/** A report that is being taken in. */
export type Incoming = { id: string; input: ReportInput; reportedAt: Date; now: Date; actor: string }

/** A report that was taken in before. */
type Kept = Omit<Incoming, 'input'> & { input: Pick<ReportInput, 'channel' | 'symptom'> }

type Told = { location: Location; verdict: Verdict; follow_token: string; repeats: string | null }

/** Keeps a new report whole, in one statement: nobody reads a part of it before it is judged. */
export function keepReport(
  transaction: Transaction,
  incoming: Incoming,
  { location, verdict, follow_token, repeats }: Told,
): void {
  const { id, input, now, actor } = incoming
  const point = input.location ? toWgs84(input.location) : null
  transaction.send('reports/keep_report', {
    id,
    channel: input.channel,
    account_no: input.account_no ?? null,
    meter_no: input.meter_no ?? null,
    phone: input.phone ?? null,
    address: input.address ?? null,
    lon: point?.lon ?? null,
    lat: point?.lat ?? null,
    symptom: input.symptom,
    said: input.text ?? null,
    reported_at: incoming.reportedAt,
    now,
    actor,
    follow_token,
    repeats,
    ...locationRow(location),
    ...verdictRow(verdict),
    data: JSON.stringify(eventOf(incoming, location.located, verdict)),
  })
  transaction.hint()
}

/** Notes where a report was placed; the newest note counts. */
export async function keepLocation(
  transaction: Transaction,
  reportId: string,
  location: Location,
  actor: string,
): Promise<void> {
  await transaction.touch('reports/put_location', {
    report_id: reportId,
    ...locationRow(location),
    located_by: actor,
  })
}

/** Notes what a report was judged to mean anew, and tells it. */
export async function keepVerdict(
  transaction: Transaction,
  incoming: Kept,
  located: Located | null,
  verdict: Verdict,
): Promise<void> {
  await transaction.touch('reports/put_verdict', { report_id: incoming.id, ...verdictRow(verdict) })
  await appendEvent(transaction, {
    name: 'report',
    step: 'submitted',
    subject_id: incoming.id,
    incident_id: verdict.incident_id ?? null,
    actor: incoming.actor,
    data: eventOf(incoming, located, verdict),
  })
}

function locationRow({ located, method, candidates }: Location) {
  return {
    service_point_id: located?.service_point_id ?? null,
    transformer_id: located?.transformer_id ?? null,
    method,
    distance_m: located?.distance_m ?? null,
    confidence: located?.confidence ?? 0,
    candidates: JSON.stringify(candidates),
  }
}

/** The columns of a verdict. */
export function verdictRow(verdict: Verdict) {
  return {
    kind: verdict.kind,
    rule: verdict.rule,
    says: JSON.stringify(verdict.says),
    evidence: JSON.stringify(verdict.evidence),
    incident_id: verdict.incident_id ?? null,
  }
}

function eventOf({ id, input, now }: Kept, located: Located | null, verdict: Verdict) {
  return {
    id,
    channel: input.channel,
    symptom: input.symptom,
    received_at: now.toISOString(),
    transformer_id: located?.transformer_id ?? null,
    method: located?.method ?? 'none',
    kind: verdict.kind,
    incident_id: verdict.incident_id ?? null,
  }
}
