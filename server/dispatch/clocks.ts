// The promise clocks of an incident: which stages run, by when each is owed, and what is to be said of it. Pure.
import type { ClockKind, ClockView, StageLimit } from '../contract/clocks.ts'
import type { Says } from '../contract/shapes.ts'

/** An incident with its lead crew and the visits so far. */
export type ClockFacts = {
  incident_id: string
  place: string
  status: string
  restored_at: Date | null
  estimate_at: Date | null
  call_taker: string | null
  heard_at: Date
  district_kind: StageLimit['district_kind']
  important: boolean
  lead_id: string | null
  crew_id: string | null
  crew_name: string | null
  lead_status: 'offered' | 'accepted' | 'en_route' | 'on_site' | null
  offered_at: Date | null
  answer_by: Date | null
  accepted_at: Date | null
  arrived_at: Date | null
  arrives_at: Date | null
  first_arrived_at: Date | null
  last_ended_id: string | null
  last_ended_at: Date | null
}

/** A stage that runs; `warnAt` is when it is said to be running out. */
export type Clock = {
  subjectId: string
  kind: ClockKind
  startedAt: Date
  dueAt: Date
  warnAt: Date
  expectedAt: Date | null
  facts: ClockFacts
}

type Stage = Pick<Clock, 'subjectId' | 'kind' | 'startedAt'> & { dueAt?: Date | null; expectedAt?: Date | null }

/** The stages that run for one incident now; each begins where the one before it ended. */
export function clocksOf(facts: ClockFacts, limits: StageLimit[]): Clock[] {
  return stagesOf(facts).flatMap((stage) => {
    const limit = limits.find(
      (each) =>
        each.kind === stage.kind && each.district_kind === facts.district_kind && each.important === facts.important,
    )
    if (!limit) return []
    const dueAt = stage.dueAt ?? new Date(stage.startedAt.getTime() + limit.limit_s * 1000)
    return [
      {
        subjectId: stage.subjectId,
        kind: stage.kind,
        startedAt: stage.startedAt,
        dueAt,
        warnAt: new Date(dueAt.getTime() - limit.warn_s * 1000),
        expectedAt: stage.expectedAt ?? null,
        facts,
      },
    ]
  })
}

function stagesOf(facts: ClockFacts): Stage[] {
  const { incident_id, lead_id, lead_status } = facts
  if (facts.status === 'restored')
    return lead_id && facts.restored_at
      ? [{ subjectId: lead_id, kind: 'report_back', startedAt: facts.restored_at }]
      : []
  const stages: Stage[] = []
  if (lead_id === null)
    stages.push({
      // Once a crew has left, the wait for the next is a clock of its own.
      subjectId: facts.last_ended_id ?? incident_id,
      kind: 'dispatch',
      startedAt: facts.last_ended_at ?? facts.heard_at,
    })
  if (lead_id !== null && lead_status === 'offered' && facts.offered_at)
    stages.push({ subjectId: lead_id, kind: 'accept', startedAt: facts.offered_at, dueAt: facts.answer_by })
  if (lead_id !== null && lead_status === 'accepted' && facts.accepted_at)
    stages.push({ subjectId: lead_id, kind: 'depart', startedAt: facts.accepted_at })
  if (facts.first_arrived_at === null)
    stages.push({ subjectId: incident_id, kind: 'arrive', startedAt: facts.heard_at, expectedAt: facts.arrives_at })
  else
    stages.push({
      subjectId: incident_id,
      kind: 'restore',
      startedAt: facts.first_arrived_at,
      expectedAt: facts.estimate_at,
    })
  return stages
}

export type Level = 'warned' | 'escalated'

/**
 * What there is to say of a clock at `now`: it has run out, it is about to, or what is expected comes too late. A clock
 * that was first looked at after its end is escalated without a warning.
 */
export function levelOf(clock: Clock, now: Date): Level | null {
  if (now >= clock.dueAt) return 'escalated'
  const isLate = clock.expectedAt !== null && clock.expectedAt > clock.dueAt
  return now >= clock.warnAt || isLate ? 'warned' : null
}

const names: Record<ClockKind, Says> = {
  dispatch: { zh: '派单', en: 'A crew is owed to be sent' },
  accept: { zh: '接单', en: 'The crew owes its answer' },
  depart: { zh: '出发', en: 'The crew is owed to set out' },
  arrive: { zh: '到达现场', en: 'Arrival is owed' },
  restore: { zh: '恢复供电', en: 'Restoration is owed' },
  report_back: { zh: '回单', en: 'The crew owes its report' },
}

/** The clock as the desk and the wall show it. */
export function clockViewOf(clock: Clock, now: Date): ClockView {
  const { facts } = clock
  return {
    subject_id: clock.subjectId,
    kind: clock.kind,
    state: levelOf(clock, now) ?? 'running',
    incident_id: facts.incident_id,
    place: facts.place,
    assignment_id: facts.lead_id,
    crew_id: facts.crew_id,
    crew_name: facts.crew_name,
    started_at: clock.startedAt.toISOString(),
    due_at: clock.dueAt.toISOString(),
    expected_at: clock.expectedAt?.toISOString() ?? null,
    important: facts.important,
    answerable: facts.call_taker,
    says: saysOf(clock, now),
  }
}

function saysOf(clock: Clock, now: Date): Says {
  const { facts, kind, dueAt, expectedAt } = clock
  const left_min = Math.round((dueAt.getTime() - now.getTime()) / 60_000)
  const late_min = expectedAt ? Math.round((expectedAt.getTime() - dueAt.getTime()) / 60_000) : 0
  const who = facts.crew_name ? ` (${facts.crew_name})` : ''
  const time =
    now >= dueAt
      ? { zh: `已超时${-left_min}分钟`, en: `${-left_min} min overdue` }
      : { zh: `还有${left_min}分钟`, en: `in ${left_min} min` }
  const late =
    now < dueAt && late_min > 0
      ? { zh: `，预计晚${late_min}分钟`, en: `, expected ${late_min} min late` }
      : { zh: '', en: '' }
  return {
    zh: `${facts.place}${names[kind].zh}${who}:${time.zh}${late.zh}。`,
    en: `${names[kind].en} at ${facts.place}${who}: ${time.en}${late.en}.`,
  }
}
