// Why my neighbour has light and I have none, why the truck drove past: told from what my supply hangs on, from which crews are
// busy near by and from the plan in force, in plain words. What nobody has confirmed yet is not given as a reason. Pure.
import type { IncidentStatus } from '../contract/incidents.ts'
import type { Says } from '../contract/shapes.ts'
import { clockIn } from '../status/index.ts'
import { publicCount } from './privacy.ts'

export type PlaceFacts = {
  equipment_kind: string | null
  incident_status: IncidentStatus | null
  has_crew: boolean
  /** Of the same transformer, those whom the incident never touched. */
  spared: number
  /** Of the same transformer, those whose meters have said since that they have supply. */
  lit_meters: number
  /** Crews near by that are on greater trouble, by their stage. */
  about_to_leave: number
  on_the_way: number
  at_work: number
  /** Of the plan kept in force: the stops before this one, null where it has none. */
  stops_ahead: number | null
  planned_at: Date | null
  timezone: string
}

const reasons: Record<string, Says> = {
  service_point: {
    zh: '故障在通到您家的这一段线上；邻居各有自己的进户线，不受它影响。',
    en: 'What failed is the wire to your own house; your neighbours have wires of their own and are not affected.',
  },
  meter_box: {
    zh: '故障在您家所在的表箱；邻居若接在别的表箱上，就不受影响。',
    en: 'What failed is the meter box that your house is on; neighbours on another box are not affected.',
  },
  lv_branch: {
    zh: '故障在您家所在的低压分支；同一台变下接在别的分支上的邻居不受影响。',
    en: 'What failed is the low-voltage branch of your street; neighbours on another branch of the same transformer are not affected.',
  },
  transformer: {
    zh: '故障在给您供电的台变；隔壁楼可能由另一台变压器供电，所以有电。',
    en: 'What failed is the transformer that feeds you; the house next door may hang on another one and so have supply.',
  },
  line: {
    zh: '故障在给您供电的10千伏线路；邻居若有电，是由另一条线路或故障点以外的线段供电的。',
    en: 'What failed is the 10 kV line that feeds you; a neighbour with supply is fed by another line, or by a part of it that is sound.',
  },
}

const notKnown: Says = {
  zh: '还没有查明故障在哪里，也不知道还有哪些用户停电；正在核实，查明后在这里说明。',
  en: 'We do not know yet what failed, nor who else is out; we are finding out, and will say so here.',
}

const inParts: Says = {
  zh: '这里分段恢复：能先恢复的部分先送电，您家所在的一段要等故障修好。',
  en: 'Supply comes back in sections here: what can have it has it first; yours waits for the repair.',
}

/** Devices that leave others of the same transformer with supply. */
const belowTransformer = ['service_point', 'meter_box', 'lv_branch']

/** Why others near by have supply, or null where this household is not known to be out. */
export function whyNeighbours(facts: PlaceFacts): Says | null {
  if (facts.equipment_kind === null) return null
  const others = saysOthers(facts)
  const reason = reasonOf(facts, facts.equipment_kind)
  return others ? { zh: reason.zh + others.zh, en: `${reason.en} ${others.en}` } : reason
}

/** A device is named once somebody has seen it, or telemetry has said so. */
function reasonOf({ incident_status }: PlaceFacts, kind: string): Says {
  if (incident_status === 'partly_restored') return inParts
  return incident_status === 'confirmed' ? (reasons[kind] ?? reasons['line']!) : notKnown
}

/** How many of the same transformer are spared, by a device that is confirmed below it or by the word of their own meters. */
function saysOthers({ incident_status, equipment_kind, spared, lit_meters }: PlaceFacts): Says | null {
  const untouched = publicCount(spared)
  if (incident_status === 'confirmed' && belowTransformer.includes(equipment_kind!) && untouched)
    return {
      zh: `与您同一台变的其他${untouched}户不受这处故障影响。`,
      en: `${untouched} other customers of the same transformer are not affected by it.`,
    }
  const lit = publicCount(lit_meters)
  if (!lit) return null
  return {
    zh: `与您同一台变的${lit}户，电表显示有电。`,
    en: `The meters of ${lit} customers of the same transformer say that they have supply.`,
  }
}

/** Why a repair truck may pass by, and where this household stands in the plan; null where one is coming, or neither is known. */
export function whyTruck(facts: PlaceFacts, now: Date): Says | null {
  if (facts.equipment_kind === null || facts.has_crew) return null
  const parts = [saysBusy(facts), saysPlanned(facts, now)].filter((part) => part !== null)
  if (parts.length === 0) return null
  return {
    zh: `${parts.map(({ zh }) => zh).join('')}班组出发来您这里时，本页会说明。`,
    en: `${parts.map(({ en }) => en).join(' ')} Once a crew is sent to you, this page says so.`,
  }
}

/** Crews near by that are busy where more customers, critical ones or a danger wait, each by how far it is. */
function saysBusy({ about_to_leave, on_the_way, at_work }: PlaceFacts): Says | null {
  const stages = [
    { crews: about_to_leave, zh: '即将前往', en: 'about to leave for' },
    { crews: on_the_way, zh: '正赶往', en: 'on the way to' },
    { crews: at_work, zh: '正在抢修', en: 'at work at' },
  ].filter(({ crews }) => crews > 0)
  if (stages.length === 0) return null
  const zh = stages.map((stage) => `${stage.crews}个班组${stage.zh}`).join('、')
  const en = stages.map((stage) => `${stage.crews} ${stage.crews === 1 ? 'is' : 'are'} ${stage.en}`).join(' and ')
  return {
    zh: `您可能看到抢修车经过：附近有${zh}影响更多用户、有重要用户或有危险的地点。`,
    en: `You may see a repair truck pass: of the crews near by ${en} places where more customers, critical ones, or a danger wait.`,
  }
}

/** A plan is advice that changes: its order and time are given as such, and a time that has passed not at all. */
function saysPlanned({ stops_ahead, planned_at, timezone }: PlaceFacts, now: Date): Says | null {
  if (stops_ahead === null) return null
  const at = planned_at && planned_at > now ? clockIn(planned_at, timezone, now) : null
  const order =
    stops_ahead === 0
      ? { zh: '您这里是一个班组的下一站', en: 'yours is the next stop of a crew' }
      : {
          zh: `派给您这里的班组前面还有${stops_ahead}处`,
          en: `${stops_ahead} ${stops_ahead === 1 ? 'stop comes' : 'stops come'} before yours`,
        }
  return {
    zh: `按目前的抢修计划，${order.zh}${at ? `，预计${at.zh}到达` : ''}；计划会随情况调整。`,
    en: `By the repair plan as it stands ${order.en}${at ? `, with arrival expected at ${at.en}` : ''}; the plan changes with what happens.`,
  }
}
