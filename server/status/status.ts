// The one truth: what is so for one service point now, and what may be said. Page, messages, hotline, the caller's answer and
// API all speak from here. Pure: facts in, status out.
import type { Says } from '../contract/shapes.ts'
import { clockIn } from './clock.ts'

export type StatusKind =
  | 'disconnected'
  | 'planned'
  | 'planned_overrun'
  | 'suspected'
  | 'confirmed'
  | 'crew_on_its_way'
  | 'crew_on_site'
  | 'restored_unverified'
  | 'restored'
  | 'own_side'
  | 'no_outage_known'

/** What is known of the incident that somebody is out by. */
export type IncidentFacts = {
  incident_status: 'suspected' | 'probable' | 'confirmed' | 'partly_restored' | null
  crew: 'accepted' | 'en_route' | 'on_site' | null
  crew_arrives_at: Date | null
  estimate_at: Date | null
  estimate_low: Date | null
  estimate_high: Date | null
}

/** What is known around one service point. */
export type StatusFacts = IncidentFacts & {
  place: string
  connection: 'connected' | 'disconnected_nonpayment'
  incident_id: string | null
  out_since: Date | null
  back_incident_id: string | null
  back_at: Date | null
  back_verified: boolean
  planned_starts_at: Date | null
  planned_ends_at: Date | null
  planned_reason: string | null
  own_side_says: Says | null
}

export type CustomerStatus = {
  kind: StatusKind
  says: Says
  incidentId: string | null
  since: Date | null
  estimate: { at: Date; low: Date; high: Date } | null
}

/** A place of which nothing is known: what is known is laid over it. */
export const nothingKnown: Omit<StatusFacts, 'place'> = {
  connection: 'connected',
  incident_id: null,
  incident_status: null,
  out_since: null,
  crew: null,
  crew_arrives_at: null,
  estimate_at: null,
  estimate_low: null,
  estimate_high: null,
  back_incident_id: null,
  back_at: null,
  back_verified: false,
  planned_starts_at: null,
  planned_ends_at: null,
  planned_reason: null,
  own_side_says: null,
}

/** What is so at `now`. The first that holds counts: what is certain before what is supposed, now before what was. */
export function statusFrom(facts: StatusFacts, now: Date, timezone: string): CustomerStatus {
  if (facts.connection === 'disconnected_nonpayment')
    return without('disconnected', {
      zh: '该户因欠费停电；缴清后自动复电，一般在24小时内。',
      en: 'This account was disconnected for non-payment; once it is paid, supply returns by itself, usually within 24 hours.',
    })
  if (facts.incident_id !== null && facts.out_since !== null) return outStatus(facts, now, timezone)
  if (facts.planned_ends_at !== null && facts.planned_starts_at !== null) return plannedStatus(facts, now, timezone)
  if (facts.back_at !== null) return backStatus(facts, now, timezone)
  if (facts.own_side_says !== null) return without('own_side', facts.own_side_says)
  return without('no_outage_known', {
    zh: `${facts.place}目前没有已知的停电。如您家停电，请报修。`,
    en: `No loss of supply is known at ${facts.place}. If you have none, please report it.`,
  })
}

/** What concerns one account alone, its bill or its meter, is told to its holder: one sentence, whichever of them it is. */
export const saysHolderOnly: Says = {
  zh: '已收到。请先检查家中总开关和漏电保护器是否跳闸；这一户自身的供电情况只告知户主：请在“查我家”用户号和手机号后四位查询，或拨打95598。',
  en: 'We have it. Please check your main switch and residual-current device first. How this account itself is supplied we tell its holder only: look it up under “My place” with the account number and the last four digits of its phone, or ring 95598.',
}

/** The same for somebody who has not shown that the account is theirs. */
export function statusForStranger(status: CustomerStatus): CustomerStatus {
  return status.kind === 'disconnected' ? without('no_outage_known', saysHolderOnly) : status
}

function without(kind: StatusKind, says: Says): CustomerStatus {
  return { kind, says, incidentId: null, since: null, estimate: null }
}

const crewKinds = { accepted: 'confirmed', en_route: 'crew_on_its_way', on_site: 'crew_on_site' } as const

function outStatus(facts: StatusFacts, now: Date, timezone: string): CustomerStatus {
  const supposed = facts.incident_status === 'suspected' ? 'suspected' : 'confirmed'
  return {
    kind: facts.crew ? crewKinds[facts.crew] : supposed,
    says: saysOut(facts, facts.place, facts.out_since!, now, timezone),
    incidentId: facts.incident_id,
    since: facts.out_since,
    estimate: estimateOf(facts, now),
  }
}

/** Out since when, who is on it, until when. Without a place where the place stands beside the sentence. */
function saysOut(facts: IncidentFacts, place: string | null, since: Date, now: Date, timezone: string): Says {
  const at = clockIn(since, timezone, now)
  const supposed = facts.incident_status === 'suspected' && facts.crew === null
  const opening = supposed
    ? {
        zh: `${place ?? ''}可能自${at.zh}起停电，正在核实`,
        en: `${place === null ? 'Possibly' : `${place} may be`} out since ${at.en}; we are checking`,
      }
    : {
        zh: `${place ?? ''}自${at.zh}起停电`,
        en: `${place === null ? 'Out' : `${place} has been out`} since ${at.en}`,
      }
  const crew = saysCrew(facts, now, timezone)
  const back = saysEstimate(facts, now, timezone)
  return { zh: `${opening.zh}；${crew.zh}。${back.zh}`, en: `${opening.en}; ${crew.en}. ${back.en}` }
}

/** "Restored" is a word for what has been verified; before, it is asked. */
function saysBack(place: string | null, backAt: Date, verified: boolean, now: Date, timezone: string): Says {
  const at = clockIn(backAt, timezone, now)
  const supply = place === null ? 'Supply' : `Supply at ${place}`
  return verified
    ? { zh: `${place ?? ''}已于${at.zh}恢复供电。`, en: `${supply} is back since ${at.en}.` }
    : {
        zh: `${place ?? ''}应已于${at.zh}恢复供电；如您家仍未来电，请告诉我们。`,
        en: `${supply} should be back since ${at.en}; if yours is not, please tell us.`,
      }
}

/** What is so for an incident as a whole, in the sentences of its customers but for the place, which stands beside it. */
export function saysIncident(
  facts: IncidentFacts & { started_at: Date; back_at: Date | null; verified: boolean },
  now: Date,
  timezone: string,
): Says {
  if (facts.back_at) return saysBack(null, facts.back_at, facts.verified, now, timezone)
  return saysOut(facts, null, facts.started_at, now, timezone)
}

/** Of an incident that was taken back: what was supposed was not so, as far as anyone knows. */
export function saysWithdrawn(place: string): Says {
  return {
    zh: `您报修后推断的${place}停电没有得到证实，目前没有已知的停电；如您家仍然没电，请再次报修或拨打95598。`,
    en: `The loss of supply that your report pointed to at ${place} was not confirmed, and none is known there now. If you have no supply, please report it again, or ring 95598.`,
  }
}

/** How a danger that somebody reported stands; nobody is told that they are out, or back, because of it. */
export function saysHazard(
  facts: Pick<IncidentFacts, 'crew' | 'crew_arrives_at'> & { end: 'dealt_with' | 'withdrawn' | null; ended_at: Date },
  now: Date,
  timezone: string,
): Says {
  const again = {
    zh: '如现场仍有危险，请立即再次报告或拨打95598。',
    en: 'If it is still there, report it again at once, or ring 95598.',
  }
  if (facts.end === 'withdrawn')
    return {
      zh: `您报告的危险已不再单独处置：经查看没有发现，或已在另一报告中处置。${again.zh}`,
      en: `The danger that you reported is no longer followed here: none was found, or it is dealt with under another report. ${again.en}`,
    }
  if (facts.end === 'dealt_with') {
    const at = clockIn(facts.ended_at, timezone, now)
    return {
      zh: `您报告的危险已于${at.zh}处置完毕。${again.zh}`,
      en: `The danger that you reported was dealt with at ${at.en}. ${again.en}`,
    }
  }
  const crew = saysCrew(facts, now, timezone)
  return {
    zh: `请远离现场至少8米，不要触碰任何电线；${crew.zh}。如有火情或人员触电请拨打119或120。`,
    en: `Stay at least 8 metres away and touch no wire; ${crew.en}. For fire or an injured person call 119 or 120.`,
  }
}

/** Who is on it, in half a sentence. */
function saysCrew(facts: Pick<IncidentFacts, 'crew' | 'crew_arrives_at'>, now: Date, timezone: string): Says {
  if (facts.crew === 'on_site') return { zh: '抢修班组已在现场', en: 'a crew is at work on site' }
  if (facts.crew === 'en_route') {
    if (facts.crew_arrives_at && facts.crew_arrives_at <= now)
      return { zh: '抢修班组正在路上，比预计晚到', en: 'a crew is on its way, later than was expected' }
    const arrives = facts.crew_arrives_at ? clockIn(facts.crew_arrives_at, timezone, now) : null
    return {
      zh: `抢修班组正在路上${arrives ? `，预计${arrives.zh}到达` : ''}`,
      en: `a crew is on its way${arrives ? `, expected at ${arrives.en}` : ''}`,
    }
  }
  if (facts.crew === 'accepted') return { zh: '抢修班组已接单', en: 'a crew has taken the job' }
  return { zh: '正在安排抢修班组', en: 'a crew is being found' }
}

/** Until when, and how sure; an estimate that has run out is never passed over in silence. */
function saysEstimate(facts: IncidentFacts, now: Date, timezone: string): Says {
  if (facts.estimate_at === null)
    return { zh: '预计复电时间确定后公布。', en: 'The time of return is told as soon as it is known.' }
  if (facts.estimate_at <= now)
    return {
      zh: '比原预计的复电时间晚，正在核实新的时间。',
      en: 'It is taking longer than was expected; a new time is being found out.',
    }
  const at = clockIn(facts.estimate_at, timezone, now)
  const [low, high] = [facts.estimate_low, facts.estimate_high].map((each) => each && clockIn(each, timezone, now))
  const between = low && high && low.en !== high.en
  return {
    zh: `预计${at.zh}复电${between ? `（${low.zh}至${high.zh}之间）` : ''}。`,
    en: `Supply is expected back at ${at.en}${between ? ` (between ${low.en} and ${high.en})` : ''}.`,
  }
}

/** What is still expected; one that has run out is no estimate, as the sentence beside it says. */
function estimateOf(facts: StatusFacts, now: Date): CustomerStatus['estimate'] {
  const { estimate_at: at, estimate_low: low, estimate_high: high } = facts
  return at && at > now ? { at, low: low ?? at, high: high ?? at } : null
}

function plannedStatus(facts: StatusFacts, now: Date, timezone: string): CustomerStatus {
  const [starts, ends] = [
    clockIn(facts.planned_starts_at!, timezone, now),
    clockIn(facts.planned_ends_at!, timezone, now),
  ]
  const [reasonZh, reasonEn] = facts.planned_reason
    ? [`（${facts.planned_reason}）`, ` (${facts.planned_reason})`]
    : ['', '']
  const overrun = facts.planned_ends_at! <= now
  const says = overrun
    ? {
        zh: `${facts.place}的计划停电${reasonZh}原定${ends.zh}结束，现已超时，正在核实新的时间。`,
        en: `The planned work at ${facts.place}${reasonEn} was to end at ${ends.en} and has overrun; a new time is being found out.`,
      }
    : {
        zh: `${facts.place}正按计划停电${reasonZh}：${starts.zh}至${ends.zh}。`,
        en: `Planned work at ${facts.place}${reasonEn}: from ${starts.en} to ${ends.en}.`,
      }
  const estimate = overrun
    ? null
    : { at: facts.planned_ends_at!, low: facts.planned_ends_at!, high: facts.planned_ends_at! }
  return {
    kind: overrun ? 'planned_overrun' : 'planned',
    says,
    incidentId: null,
    since: facts.planned_starts_at,
    estimate,
  }
}

function backStatus(facts: StatusFacts, now: Date, timezone: string): CustomerStatus {
  return {
    kind: facts.back_verified ? 'restored' : 'restored_unverified',
    says: saysBack(facts.place, facts.back_at!, facts.back_verified, now, timezone),
    incidentId: facts.back_incident_id,
    since: facts.back_at,
    estimate: null,
  }
}
