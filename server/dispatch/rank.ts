// Ranks crews by when they would restore, not only arrive. Pure: facts and road travel in, candidates out, each with the
// sentence why and what the choice by crow-flies or by home district would have cost.
import type { Candidate } from '../contract/assignments.ts'
import type { EquipmentKind, IncidentStatus } from '../contract/incidents.ts'
import type { Says } from '../contract/shapes.ts'
import { saysLacking } from './skill-words.ts'

export type CrewFacts = {
  id: string
  name: string
  lon: number
  lat: number
  home_district: string | null
  home_name: string | null
  skills: string[]
  on_shift: boolean
  position_at: Date | null
  job_status: 'offered' | 'accepted' | 'en_route' | 'on_site' | null
  arrives_at: Date | null
  arrived_at: Date | null
  job_lon: number | null
  job_lat: number | null
  refused_before: boolean
  /** the end of its present shift, where it has hours */
  shift_ends_at?: Date | null
}

export type Target = {
  id: string
  status: IncidentStatus
  hazard: boolean
  equipment_kind: EquipmentKind
  district_code: string | null
  district_name: string | null
  district_kind: 'urban' | 'rural' | 'remote' | null
  started_at: Date
  /** when a crew is owed there, by the limits kept for it; reckoned from the kind of district where it is not given */
  promised_at?: Date
  customers_out?: number
  critical_customers: number
  /** what the crew that is there asks for; whoever helps it needs these and not what the equipment alone would say */
  skills_wanted?: string[]
  lon: number
  lat: number
}

export type TravelTo = { travel_s: number; distance_m: number; method: 'road' | 'straight_line' }

/** Arrival promises by kind of district, the values of the service commitments of China's grid companies, in seconds. */
export const arrivalPromise_s = { urban: 45 * 60, rural: 90 * 60, remote: 120 * 60 } as const
/** A repair on site, where nothing better is known, takes this long before its crew is free again. */
const usualRepair_s = 60 * 60
/** A missing skill means a second crew must come: as bad as waiting this long. */
const missingSkill_s = 2 * 3600
/** A broken arrival promise weighs as much as this much later a restoration. */
const brokenPromise_s = 15 * 60
/** Work that goes on past the shift's end is handed over at half done: as bad as waiting this long. */
const pastShift_s = 30 * 60
/** Taking the last free crew out of its own district leaves the next incident there to a crew from afar. */
const noCoverLeft_s = 10 * 60
/** Whoever did not take it before comes after everybody else: a person may know what has changed since. */
const refusedBefore_s = 24 * 3600
/** A crew that has not been heard of for this long may be anywhere within the drive of as long. */
const silent_s = 30 * 60

/** When a crew is owed at the incident. */
export function arrivalPromisedAt(target: Target): Date {
  return (
    target.promised_at ??
    new Date(target.started_at.getTime() + arrivalPromise_s[target.district_kind ?? 'urban'] * 1000)
  )
}

/** What the work needs: lines and switchgear of the medium voltage want trained hands. */
export function skillsFor(kind: EquipmentKind): string[] {
  return ['service_point', 'meter_box', 'lv_branch'].includes(kind) ? ['lv'] : ['mv']
}

/** Whoever may work on medium voltage may work on low voltage. */
function missingOf(skills: string[], needed: string[]): string[] {
  return needed.filter((skill) => !skills.includes(skill) && !(skill === 'lv' && skills.includes('mv')))
}

/** When a crew is free for the next incident. */
export function freeAt(crew: CrewFacts, now: Date): Date {
  if (crew.job_status === null) return now
  const begun = crew.arrived_at ?? crew.arrives_at ?? now
  return new Date(Math.max(now.getTime(), begun.getTime() + usualRepair_s * 1000))
}

/** Where its next drive begins: at its present incident while it has one. */
export function startsFrom(crew: CrewFacts): { lon: number; lat: number } {
  return crew.job_lon !== null && crew.job_lat !== null ? { lon: crew.job_lon, lat: crew.job_lat } : crew
}

type Ranked = {
  crew: CrewFacts
  candidate: Omit<Candidate, 'says'>
  silent: boolean
  leavesNoCover: boolean
  endsLate: boolean
}

/** All crews on shift, best first; `travel` gives the drive of each by id. Cost O(crews log crews). */
export function rankCandidates(
  target: Target,
  crews: CrewFacts[],
  travel: Map<string, TravelTo>,
  now: Date,
): Candidate[] {
  const freeAtHome = new Map<string | null, number>()
  for (const crew of crews)
    if (crew.on_shift && crew.job_status === null)
      freeAtHome.set(crew.home_district, (freeAtHome.get(crew.home_district) ?? 0) + 1)
  const ranked = crews
    .filter((crew) => crew.on_shift && travel.has(crew.id))
    .map((crew) => {
      const isLast = crew.job_status === null && freeAtHome.get(crew.home_district) === 1
      return rankedOf(target, crew, travel.get(crew.id)!, now, isLast)
    })
    .sort((a, b) => a.candidate.score - b.candidate.score || (a.crew.id < b.crew.id ? -1 : 1))
  const crow = [...ranked].filter(isFree).sort((a, b) => crowFlies(a.crew, target) - crowFlies(b.crew, target))[0]
  const home = ranked.find((each) => isFree(each) && each.crew.home_district === target.district_code)
  return ranked.map((each, place) => ({ ...each.candidate, says: why(each, place, target, crow, home) }))
}

const isFree = (each: Ranked) => each.crew.job_status === null

function crowFlies(crew: CrewFacts, target: Target): number {
  return Math.hypot((crew.lon - target.lon) * Math.cos((target.lat * Math.PI) / 180), crew.lat - target.lat)
}

function rankedOf(target: Target, crew: CrewFacts, travel: TravelTo, now: Date, isLastFree: boolean): Ranked {
  const free = freeAt(crew, now)
  const arrives = new Date(free.getTime() + travel.travel_s * 1000)
  const wanted = target.skills_wanted ?? []
  const skills_missing = missingOf(crew.skills, wanted.length > 0 ? wanted : skillsFor(target.equipment_kind))
  const promise_met = arrives <= arrivalPromisedAt(target)
  const silent = crew.position_at !== null && now.getTime() - crew.position_at.getTime() > silent_s * 1000
  const wait_s = (arrives.getTime() - now.getTime()) / 1000
  const crosses_boundary =
    crew.home_district !== null && target.district_code !== null && crew.home_district !== target.district_code
  const leavesNoCover = crosses_boundary && isLastFree
  const endsLate = !!crew.shift_ends_at && arrives.getTime() + usualRepair_s * 1000 > crew.shift_ends_at.getTime()
  const score =
    wait_s +
    skills_missing.length * missingSkill_s +
    (promise_met ? 0 : brokenPromise_s) +
    (silent ? silent_s / 2 : 0) +
    (leavesNoCover ? noCoverLeft_s : 0) +
    (endsLate ? pastShift_s : 0) +
    (crew.refused_before ? refusedBefore_s : 0)
  const candidate = {
    crew_id: crew.id,
    crew_name: crew.name,
    travel_s: travel.travel_s,
    distance_m: Math.round(travel.distance_m),
    method: travel.method,
    crosses_boundary,
    home_district: crew.home_district,
    skills_missing,
    free: crew.job_status === null,
    free_at: free.toISOString(),
    arrives_at: arrives.toISOString(),
    promise_met,
    refused_before: crew.refused_before,
    score: Math.round(score),
  }
  return { crew, candidate, silent, leavesNoCover, endsLate }
}

/** Cut off, not rounded, as clocks and the screens' durations are: the same figure stands beside the sentence. */
function drive({ travel_s, distance_m }: Ranked['candidate']): Says {
  const minutes = Math.floor(travel_s / 60)
  const time = minutes > 0 ? { zh: `${minutes}分钟`, en: `${minutes} min` } : { zh: '不到1分钟', en: 'under 1 min' }
  const isNear = distance_m < 1000
  const length = isNear ? Math.round(distance_m / 10) * 10 : Number((distance_m / 1000).toFixed(1))
  return { zh: `${time.zh}、${length}${isNear ? '米' : '公里'}`, en: `${time.en}, ${length} ${isNear ? 'm' : 'km'}` }
}

function why(each: Ranked, place: number, target: Target, crow: Ranked | undefined, home: Ranked | undefined): Says {
  const { crew, candidate } = each
  const way = drive(candidate)
  const road = candidate.method === 'road' ? { zh: '道路', en: 'by road' } : { zh: '直线估算', en: 'by straight line' }
  const parts: Says[] = [{ zh: road.zh + way.zh, en: `${way.en} ${road.en}` }]
  if (crew.job_status !== null) parts.push({ zh: '手上有工单，完成后可去', en: 'busy: can come when done' })
  if (candidate.crosses_boundary)
    parts.push({
      zh: `跨区支援（${crew.home_name ?? crew.home_district}）`,
      en: `crosses in from ${crew.home_name ?? crew.home_district}`,
    })
  parts.push(...drawbacks(each))
  if (!candidate.promise_met) parts.push({ zh: '赶不上到场承诺', en: 'misses the arrival promise' })
  if (place === 0) parts.push(...comparisons(each, crow, home, target))
  return { zh: `${parts.map((part) => part.zh).join('；')}。`, en: `${parts.map((part) => part.en).join('; ')}.` }
}

/** What speaks against a crew however soon it would be there. */
function drawbacks({ candidate, silent, leavesNoCover, endsLate }: Ranked): Says[] {
  const parts: Says[] = []
  if (candidate.skills_missing.length > 0) parts.push(saysLacking(candidate.skills_missing))
  if (candidate.refused_before) parts.push({ zh: '此前拒绝或未应答', en: 'declined or did not answer before' })
  if (silent) parts.push({ zh: '位置久未更新', en: 'has not reported its position for long' })
  if (leavesNoCover) parts.push({ zh: '本区将无空闲班组', en: 'leaves its own district without a free crew' })
  if (endsLate) parts.push({ zh: '将超过下班时间', en: 'would work past the end of its shift' })
  return parts
}

/** What the usual ways of choosing would have cost. */
function comparisons(best: Ranked, crow: Ranked | undefined, home: Ranked | undefined, target: Target): Says[] {
  const parts: Says[] = []
  const cost = crow && crow.crew.id !== best.crew.id ? costOf(crow, best) : null
  if (crow && cost)
    parts.push({
      zh: `直线最近的${crow.crew.name}${cost.zh}`,
      en: `${crow.crew.name}, nearest as the crow flies, ${cost.en}`,
    })
  const homeCost = best.candidate.crosses_boundary && home && home !== crow ? costOf(home, best) : null
  if (home && homeCost)
    parts.push({
      zh: `${target.district_name ?? '本区'}的${home.crew.name}${homeCost.zh}`,
      en: `the home district's ${home.crew.name} ${homeCost.en}`,
    })
  return parts
}

/** Why another is not the best: what speaks against it, and how much later it is by the minutes of the clock; null where nothing is. */
function costOf(other: Ranked, best: Ranked): Says | null {
  const minuteOf = ({ candidate }: Ranked) => Math.floor(Date.parse(candidate.arrives_at) / 60_000)
  const later = minuteOf(other) - minuteOf(best)
  const reasons = drawbacks(other)
  if (later > 0) reasons.push({ zh: `要晚${later}分钟`, en: `would be ${later} min later` })
  if (reasons.length === 0) return null
  const sooner =
    later < 0 ? { zh: `虽早${-later}分钟，但`, en: `would be ${-later} min sooner but ` } : { zh: '', en: '' }
  return {
    zh: sooner.zh + reasons.map(({ zh }) => zh).join('，'),
    en: sooner.en + reasons.map(({ en }) => en).join(' and '),
  }
}
