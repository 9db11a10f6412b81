// Judges what a report means before anyone drives (停电研判): unpaid, planned, known, has supply, the customer's own side, or
// new; in this order, the first rule that holds. Pure: facts in, verdict out, with the rule and its receipts.
import type { IncidentStatus } from '../contract/incidents.ts'
import type { Receipt, Symptom, VerdictKind } from '../contract/reports.ts'
import type { Says } from '../contract/shapes.ts'
import { nothingKnown, statusFrom, statusUnnamed, unnamedPlace, type StatusFacts } from '../status/index.ts'
import * as sentences from './sentences.ts'

/** What is known around one report; null where it was placed on no service point. */
export type Facts = {
  transformer_id: string
  transformer_name: string
  owner: 'utility' | 'customer'
  customers: number
  service_point_id: string | null
  connection: 'connected' | 'disconnected_nonpayment' | null
  boundary: 'meter' | 'pole' | 'station' | null
  responsible: string | null
  critical: string | null
  class: string | null
  planned_id: string | null
  planned_starts_at: Date | null
  planned_ends_at: Date | null
  planned_reason: string | null
  incident_id: string | null
  incident_status: IncidentStatus | null
  incident_kind: string | null
  out_since: Date | null
  estimate_at: Date | null
  estimate_low: Date | null
  estimate_high: Date | null
  incident_cause: string | null
  back_incident_id: string | null
  back_planned_id: string | null
  back_status: IncidentStatus | null
  back_at: Date | null
  back_verified: boolean | null
  crew_status: 'accepted' | 'en_route' | 'on_site' | null
  crew_arrives_at: Date | null
  meter_kind: 'power_off' | 'power_on' | null
  meter_at: Date | null
  earlier_report_id: string | null
  earlier_incident_id: string | null
  others_heard: number
}

export type Rule =
  | 'nonpayment'
  | 'planned_outage'
  | 'planned_overrun'
  | 'same_caller'
  | 'open_incident'
  | 'planned_over'
  | 'restored_since'
  | 'meter_has_supply'
  | 'customer_transformer'
  | 'customer_boundary'
  | 'part_of_the_house'
  | 'supply_lost'

/** The steps in their order; a utility may leave some out. */
export const allRules: readonly Rule[] = [
  'nonpayment',
  'planned_outage',
  'planned_overrun',
  'same_caller',
  'open_incident',
  'planned_over',
  'restored_since',
  'meter_has_supply',
  'customer_transformer',
  'customer_boundary',
  'part_of_the_house',
  'supply_lost',
]

/** `hears`: whether the report is evidence for the model; a verdict that explains it otherwise is none. `incidentStatus`: of `incidentId`. */
export type Judgement = {
  kind: VerdictKind
  rule: Rule
  says: Says
  evidence: Receipt[]
  incidentId: string | null
  incidentStatus: IncidentStatus | null
  hears: boolean
}

/** `byStranger`: nobody has shown that the household is theirs; `isUnnamed`: nor where it is. */
type Asked = {
  facts: Facts
  symptom: Symptom
  /** When the caller noticed it, as far as that is believed. */
  saidAt: Date
  now: Date
  timezone: string
  byStranger?: boolean
  isUnnamed?: boolean
}

/** How long a meter's word that it has supply outweighs a caller's: a meter answers within seconds, an outage may come later. */
const meterWord_ms = 10 * 60_000

/** Whether a customer is helped whoever owns the trouble: lives depend on the supply. */
const helpedAnyway = (facts: Facts) => facts.critical !== null

/** Who depends on their supply is told that they come first; a stranger who names them does not learn it. */
export const isToldPriority = (facts: Facts, byStranger = false): boolean => facts.critical !== null && !byStranger

const rules: Record<Rule, (asked: Asked) => Judgement | null> = {
  nonpayment: (asked) =>
    asked.facts.connection === 'disconnected_nonpayment'
      ? verdict('nonpayment', 'nonpayment', saysStatus(asked, { connection: 'disconnected_nonpayment' }), [
          receipt('connection', 'disconnected_nonpayment'),
        ])
      : null,
  // Whoever was out by an incident before the work began stays with it, as their status says: crew, estimate and count are its own.
  planned_outage: (asked) =>
    !asked.facts.incident_id && asked.facts.planned_ends_at && asked.facts.planned_ends_at > asked.now
      ? planned(asked, 'planned_outage')
      : null,
  planned_overrun: (asked) =>
    !asked.facts.incident_id && asked.facts.planned_ends_at && asked.facts.planned_ends_at <= asked.now
      ? planned(asked, 'planned_overrun')
      : null,
  same_caller: (asked) =>
    asked.facts.earlier_report_id && asked.facts.incident_id
      ? known('same_caller', asked, [receipt('earlier_report', asked.facts.earlier_report_id)])
      : null,
  open_incident: (asked) => (asked.facts.incident_id ? known('open_incident', asked, []) : null),
  // Calls that are judged late, of whoever was out then and is back.
  planned_over: (asked) => (asked.facts.back_planned_id ? plannedOver(asked) : null),
  restored_since: (asked) => (asked.facts.back_incident_id ? restored(asked) : null),
  meter_has_supply: ({ facts, saidAt }) =>
    facts.meter_kind === 'power_on' && facts.meter_at && facts.meter_at.getTime() > saidAt.getTime() - meterWord_ms
      ? verdict('verify_first', 'meter_has_supply', sentences.verifyFirst(), [
          receipt('meter', 'power_on', facts.meter_at),
        ])
      : null,
  customer_transformer: ({ facts, isUnnamed }) =>
    facts.owner === 'customer' && !helpedAnyway(facts)
      ? verdict(
          'customer_side',
          'customer_transformer',
          isUnnamed
            ? sentences.customerTransformer(null, null)
            : sentences.customerTransformer(facts.transformer_name, facts.responsible),
          [receipt('transformer_owner', 'customer'), receipt('others_heard', String(facts.others_heard))],
        )
      : null,
  customer_boundary: ({ facts, isUnnamed }) =>
    facts.boundary !== null && facts.boundary !== 'meter' && facts.others_heard === 0 && !helpedAnyway(facts)
      ? verdict(
          'customer_side',
          'customer_boundary',
          sentences.customerBoundary(facts.boundary, isUnnamed ? null : facts.responsible),
          [receipt('boundary', facts.boundary), receipt('others_heard', '0')],
        )
      : null,
  part_of_the_house: ({ facts, symptom, isUnnamed }) =>
    symptom === 'part_power' && facts.service_point_id !== null && facts.others_heard === 0 && !helpedAnyway(facts)
      ? verdict('customer_side', 'part_of_the_house', sentences.partOfTheHouse(isUnnamed ? null : facts.responsible), [
          receipt('symptom', 'part_power'),
          receipt('others_heard', '0'),
        ])
      : null,
  supply_lost: ({ facts, byStranger, isUnnamed }) => ({
    ...verdict(
      'new_incident',
      'supply_lost',
      sentences.newIncident(
        isUnnamed ? unnamedPlace : { zh: facts.transformer_name, en: facts.transformer_name },
        isToldPriority(facts, byStranger),
      ),
      [
        receipt('others_heard', String(facts.others_heard)),
        ...(facts.critical ? [receipt('critical', facts.critical)] : []),
        ...(facts.meter_kind === 'power_off' && facts.meter_at ? [receipt('meter', 'power_off', facts.meter_at)] : []),
      ],
    ),
    hears: true,
  }),
}

function receipt(what: string, value: string, at?: Date): Receipt {
  return { what, value, ...(at ? { at: at.toISOString() } : {}) }
}

function verdict(kind: VerdictKind, rule: Rule, says: Says, evidence: Receipt[]): Judgement {
  return { kind, rule, says, evidence, incidentId: null, incidentStatus: null, hears: false }
}

/** The sentence that every other channel says of this place, for what the rule found. */
function saysStatus({ facts, now, timezone, isUnnamed }: Asked, found: Partial<StatusFacts>): Says {
  return (isUnnamed ? statusUnnamed : statusFrom)(
    { ...nothingKnown, place: facts.transformer_name, ...found },
    now,
    timezone,
  ).says
}

function planned(asked: Asked, rule: 'planned_outage' | 'planned_overrun'): Judgement {
  const { planned_id, planned_starts_at, planned_ends_at, planned_reason } = asked.facts
  const says = saysStatus(asked, { planned_starts_at, planned_ends_at, planned_reason })
  return verdict('planned', rule, says, [receipt('planned_outage', planned_id!, planned_starts_at!)])
}

const outStatuses = ['suspected', 'probable', 'confirmed', 'partly_restored'] as const

function known(rule: Rule, asked: Asked, evidence: Receipt[]): Judgement {
  const { facts } = asked
  const { incident_id, out_since, crew_status: crew, crew_arrives_at, estimate_at, estimate_low, estimate_high } = facts
  const incident_status = outStatuses.find((each) => each === facts.incident_status) ?? null
  const incident = { incident_id, incident_status, out_since, crew, crew_arrives_at }
  const receipts = [...evidence, receipt('incident', `${incident_id} ${facts.incident_status}`)]
  return {
    ...verdict(
      'known_incident',
      rule,
      saysStatus(asked, { ...incident, estimate_at, estimate_low, estimate_high }),
      receipts,
    ),
    incidentId: incident_id,
    incidentStatus: facts.incident_status,
    hears: true,
  }
}

function plannedOver(asked: Asked): Judgement {
  const { back_planned_id, back_at } = asked.facts
  return verdict('planned', 'planned_over', saysStatus(asked, { back_at }), [
    receipt('planned_outage', back_planned_id!, back_at!),
  ])
}

function restored(asked: Asked): Judgement {
  const { back_incident_id, back_status, back_at, back_verified } = asked.facts
  const says = saysStatus(asked, { back_incident_id, back_at, back_verified: back_verified === true })
  return {
    ...verdict('known_incident', 'restored_since', says, [
      receipt('incident', `${back_incident_id} ${back_status}`, back_at!),
    ]),
    incidentId: back_incident_id,
    incidentStatus: back_status,
    hears: true,
  }
}

/** The first of `steps` that holds. The last one always does. */
export function judge(asked: Asked, steps: readonly Rule[] = allRules): Judgement {
  for (const step of steps) {
    const judgement = rules[step](asked)
    if (judgement) return judgement
  }
  return rules.supply_lost(asked)!
}
