// Takes a report in: kept, located, judged, and its incident settled, all in one transaction, so that what was answered 2xx is there
// once and whole. Under press its incident is settled a moment after the answer, which a restart does not forget (incidents/backlog.ts).
import { randomBytes } from 'node:crypto'
import { isStranger } from '../access/index.ts'
import type { Located, ReportAnswer, ReportInput, ReportView, Verdict } from '../contract/reports.ts'
import type { Says } from '../contract/shapes.ts'
import { createId, type Transaction } from '../database/index.ts'
import {
  arrivingReport,
  believedAt,
  deviceOf,
  evidentFrom,
  explains,
  extentOf,
  keepPieces,
  notInNetwork,
  openIncident,
  settleUnit,
  settlingAndReading,
  withModel,
  type Backlog,
  type GridModel,
  type IncidentDeps,
  type PutOff,
  type ReadAhead,
  type ReportedPlace,
  type Settling,
} from '../incidents/index.ts'
import { statusOf } from '../status/index.ts'
import { allRules, isToldPriority, judge, type Facts, type Judgement, type Rule } from './judge.ts'
import { forStranger, isUnnamed } from './for-stranger.ts'
import { keepReport, keepVerdict, type Incoming } from './keep-report.ts'
import { locate, type Location } from './locate.ts'
import { offeredPlaces } from './offered.ts'
import * as sentences from './sentences.ts'

export type ReportDeps = IncidentDeps & { steps?: readonly Rule[] }

/** A clock may be wrong by this much; what was noticed later than now was noticed now, and a little earlier is now as well. */
const clockSkew_ms = 2 * 60_000

/** A household that is known without being looked for: by a link or a number that only it was given. */
export type KnownPlace = { service_point_id: string; transformer_id: string }

/** Takes `input` in for `actor`; the answer is the caller's receipt. A stranger is told nothing of a household that they only named. */
export async function submitReport(
  deps: ReportDeps,
  input: ReportInput,
  actor: string,
  known: KnownPlace | null = null,
): Promise<ReportAnswer> {
  const answer = await takeReport(deps, input, actor, known)
  return isStranger(actor) && known === null ? forStranger(answer) : answer
}

function takeReport(
  deps: ReportDeps,
  input: ReportInput,
  actor: string,
  known: KnownPlace | null,
): Promise<ReportAnswer> {
  const now = deps.now()
  const { backlog } = deps.grid
  const later: { putOff: PutOff | null } = { putOff: null }
  const take = async (transaction: Transaction, model: GridModel, isPressed: boolean) => {
    const id = createId('rep')
    const location = known ? placedAt(known) : await locate(transaction, input)
    const follow_token = randomBytes(12).toString('base64url')
    const reportedAt = reportedAtOf(input, now)
    const steps = deps.steps ?? allRules
    const unnamed = known === null && isUnnamed(actor, location.method)
    const saidAt = believedAt(reportedAt, now, actor)
    const taking: Taking = { transaction, model, now, actor, id, input, reportedAt, saidAt, steps, unnamed }
    const judged: Judged = location.located
      ? await judgePlaced(taking, location.located, backlog, isPressed)
      : { verdict: unlocated(location, input), repeats: null, putOff: null }
    const { verdict, repeats } = judged
    later.putOff = judged.putOff
    keepReport(transaction, taking, { location, verdict, follow_token, repeats })
    return answerOf(id, location, verdict, repeats, follow_token)
  }
  return backlog.carry(async (isPressed) => {
    const answer = await withModel(deps, (transaction, model) => take(transaction, model, isPressed))
    if (later.putOff) backlog.putOff(later.putOff)
    return answer
  })
}

/** Judges a report that was placed later. */
export async function judgeAgain(
  deps: ReportDeps,
  settling: Settling & { unit: number },
  report: ReportView & { taken_by: string },
  located: Located,
): Promise<void> {
  const { transaction, model, now, actor } = settling
  const input: ReportInput = { channel: report.channel, symptom: report.symptom }
  const reportedAt = new Date(report.reported_at)
  const taking: Taking = {
    transaction,
    model,
    now,
    actor,
    id: report.id,
    input,
    reportedAt,
    saidAt: believedAt(reportedAt, new Date(report.received_at), report.taken_by),
    steps: deps.steps ?? allRules,
    unnamed: isUnnamed(actor, located.method),
  }
  const verdict = await judgeLocated(taking, settling, located, await readFacts(taking, located))
  await keepVerdict(transaction, taking, located, verdict)
}

type Taking = Incoming & {
  transaction: Transaction
  model: GridModel
  /** What is believed of `reportedAt`. */
  saidAt: Date
  steps: readonly Rule[]
  /** The caller named the household by a number alone, and is not told where it is. */
  unnamed: boolean
}

type Judged = { verdict: Verdict; repeats: string | null; putOff: PutOff | null }

/** A hazard is never put off. */
function judgePlaced(taking: Taking, located: Located, backlog: Backlog, isPressed: boolean): Promise<Judged> {
  if (isPressed && taking.input.symptom !== 'hazard') return judgeUnderPress(taking, located, backlog)
  return settleLocated(taking, located)
}

async function settleLocated(taking: Taking, located: Located): Promise<Judged> {
  const { transaction, model, now, actor } = taking
  const read = () => readFacts(taking, located)
  const [settling, facts] = await settlingAndReading(transaction, model, located.transformer_id, now, actor, read)
  const verdict = await judgeLocated(taking, settling, located, facts)
  return { verdict, repeats: facts.earlier_report_id, putOff: null }
}

/** Judges by what is known, without the unit's locks; what the report says of the fault is heard once it was answered. */
async function judgeUnderPress(taking: Taking, located: Located, backlog: Backlog): Promise<Judged> {
  const { transformer_id, service_point_id = null } = located
  if (taking.model.network.transformers.ids.find(transformer_id) < 0) throw notInNetwork(transformer_id)
  const facts = await readFacts(taking, located)
  // Behind a customer's own transformer every report is counted already, heard or not.
  const unheard = facts.owner === 'customer' ? 0 : backlog.heardBeside(transformer_id, service_point_id)
  const judgement = judgementOf(taking, { ...facts, others_heard: facts.others_heard + unheard })
  return {
    verdict: verdictOf(judgement),
    repeats: facts.earlier_report_id,
    putOff: judgement.hears ? { ...placeOf(taking, located), incident_id: judgement.incidentId } : null,
  }
}

function placedAt(known: KnownPlace): Location {
  return { located: { ...known, method: 'account', confidence: 1 }, candidates: [], method: 'account', looked: [] }
}

function reportedAtOf({ reported_at }: ReportInput, now: Date): Date {
  const said = reported_at === undefined ? now : new Date(reported_at)
  return said.getTime() > now.getTime() + clockSkew_ms ? now : said
}

function readFacts({ transaction, now, saidAt }: Taking, located: Located): Promise<Facts> {
  return transaction.one<Facts>('reports/read_facts', {
    transformer_id: located.transformer_id,
    service_point_id: located.service_point_id ?? null,
    at: now,
    since: now.getTime() - saidAt.getTime() > clockSkew_ms ? saidAt : null,
  })
}

export function unlocated(location: Location, { phone }: { phone?: string | null | undefined }): Verdict {
  const { candidates, looked } = location
  return {
    kind: 'unlocated',
    rule: candidates.length > 0 ? 'several_places' : 'no_place',
    says: sentences.unlocated(looked, candidates.length, offeredPlaces(candidates, looked).length, Boolean(phone)),
    evidence: looked.map((what) => ({ what: 'looked_by', value: what })),
  }
}

/** Judges a located report and does what the verdict asks: evidence for the model, a hazard's own incident, or nothing. */
async function judgeLocated(
  taking: Taking,
  settling: Settling & { unit: number; ahead?: ReadAhead | null },
  located: Located,
  facts: Facts,
): Promise<Verdict> {
  if (taking.input.symptom === 'hazard') return judgeHazard(taking, settling, located)
  const judgement = judgementOf(taking, facts)
  const verdict = verdictOf(judgement)
  if (!judgement.hears) return verdict
  const piece = arrivingReport(taking.model, placeOf(taking, located))
  if (explains(judgement.incidentStatus)) {
    await keepPieces(taking.transaction, [{ ...piece, incident_id: judgement.incidentId, cleared_at: taking.now }])
    return verdict
  }
  await settleUnit(settling, settling.unit, [piece], settling.ahead)
  const [counted, says] = await Promise.all([
    taking.transaction.maybe<{ incident_id: string | null }>('reports/read_incident_of', { report_id: taking.id }),
    saysNow(taking, facts, verdict),
  ])
  return counted?.incident_id ? { ...verdict, incident_id: counted.incident_id, says } : verdict
}

function judgementOf({ input, model, now, actor, saidAt, steps, unnamed }: Taking, facts: Facts): Judgement {
  const asked = { facts, symptom: input.symptom, saidAt, now, timezone: model.timezone }
  return judge({ ...asked, byStranger: isStranger(actor), isUnnamed: unnamed }, steps)
}

/** What is so for the caller now that their report counts: the same as every other channel says from here on. */
async function saysNow({ transaction, now, actor, unnamed }: Taking, facts: Facts, verdict: Verdict): Promise<Says> {
  const status =
    facts.service_point_id === null ? null : await statusOf(transaction, facts.service_point_id, now, unnamed)
  if (!status?.since) return verdict.says
  return verdict.kind === 'new_incident'
    ? sentences.newlyOut(status.says, isToldPriority(facts, isStranger(actor)))
    : status.says
}

function verdictOf({ kind, rule, says, evidence, incidentId }: Judgement): Verdict {
  return { kind, rule, says, evidence, ...(incidentId === null ? {} : { incident_id: incidentId }) }
}

function placeOf({ id, input, actor, saidAt, now }: Taking, located: Located): ReportedPlace {
  const { transformer_id, service_point_id = null } = located
  const at = evidentFrom(saidAt, now)
  return { report_id: id, transformer_id, service_point_id, at, symptom: input.symptom, taker: actor }
}

/** A wire down, fire or smell is an incident of its own at once, beside any loss of supply; it is never merged away. */
async function judgeHazard({ id, saidAt, now, model }: Taking, settling: Settling, located: Located): Promise<Verdict> {
  const { network } = model
  const point = network.servicePoints.ids.find(located.service_point_id ?? '')
  const transformer = network.transformers.ids.find(located.transformer_id)
  const device =
    point >= 0
      ? ({ kind: 'service_point', item: point } as const)
      : ({ kind: 'transformer', item: transformer } as const)
  const incident = await openIncident(settling, {
    device: deviceOf(model, device),
    extent: extentOf(model, device),
    status: 'probable',
    probability: 1,
    rivals: [],
    startedAt: evidentFrom(saidAt, now),
    hazard: true,
    report: { id, transformer_id: located.transformer_id, service_point_id: located.service_point_id ?? null },
  })
  return {
    kind: 'new_incident',
    rule: 'hazard',
    says: sentences.hazard(),
    evidence: [{ what: 'symptom', value: 'hazard' }],
    incident_id: incident.id,
  }
}

export function answerOf(
  id: string,
  location: Location,
  verdict: Verdict,
  repeats: string | null,
  token: string,
): ReportAnswer {
  return {
    id,
    located: location.located,
    ...(location.candidates.length > 0 ? { candidates: location.candidates } : {}),
    verdict,
    ...(repeats === null ? {} : { repeats }),
    follow: `/follow/${token}`,
  }
}
