// Why my neighbour has light and I have none, why the truck drove past: told from what my supply hangs on and from which crews are
// busy where, in plain words. Pure.
import type { IncidentStatus } from '../contract/incidents.ts'
import type { Says } from '../contract/shapes.ts'
import { publicCount } from './privacy.ts'

export type PlaceFacts = {
  equipment_kind: string | null
  incident_status: IncidentStatus | null
  has_crew: boolean
  transformer_customers: number
  transformer_out: number
  busier_crews: number
}

const reasons: Record<string, Says> = {
  service_point: {
    zh: '故障在通到您家的这一段线上；邻居各有自己的进户线，所以他们有电。',
    en: 'What failed is the wire to your own house; your neighbours have wires of their own and so have supply.',
  },
  meter_box: {
    zh: '故障在您家所在的表箱；邻居若接在别的表箱上，就不受影响。',
    en: 'What failed is the meter box that your house is on; neighbours on another box are not affected.',
  },
  lv_branch: {
    zh: '故障在您家所在的低压分支；同一台变下接在别的分支上的邻居仍然有电。',
    en: 'What failed is the low-voltage branch of your street; neighbours on another branch of the same transformer have supply.',
  },
  transformer: {
    zh: '故障在给您供电的台变；隔壁楼可能由另一台变压器供电，所以有电。',
    en: 'What failed is the transformer that feeds you; the house next door may hang on another one and so have supply.',
  },
  line: {
    zh: '故障在给您供电的10千伏线路；邻居若有电，是由另一条线路供电的。',
    en: 'What failed is the 10 kV line that feeds you; a neighbour with supply is fed by another line.',
  },
}

/** Why others near by have supply, or null where this household is not known to be out. */
export function whyNeighbours(facts: PlaceFacts): Says | null {
  if (facts.equipment_kind === null) return null
  if (facts.incident_status === 'partly_restored')
    return {
      zh: '这条线路分段恢复：能绕开故障点的一段先送电，您家所在的一段要等故障修好。',
      en: 'This line comes back in sections: the part that can be fed around the fault has supply first; yours waits for the repair.',
    }
  const reason = reasons[facts.equipment_kind] ?? reasons['line']!
  const lit = publicCount(Math.max(0, facts.transformer_customers - facts.transformer_out))
  if (!lit) return reason
  return {
    zh: `${reason.zh}与您同一台变的${lit}户目前有电。`,
    en: `${reason.en} ${lit} customers of the same transformer have supply.`,
  }
}

/** Why a repair truck may pass by, or null where one is coming, or none is known to be busy elsewhere. */
export function whyTruck(facts: PlaceFacts): Says | null {
  if (facts.equipment_kind === null || facts.has_crew || facts.busier_crews === 0) return null
  const crews = facts.busier_crews
  return {
    zh: `您可能看到抢修车经过：本区有${crews}个班组正赶往影响更多用户、有重要用户或有危险的地点。安排到您这里时，本页和短信会立即告诉您。`,
    en: `You may see a repair truck pass: ${crews} ${crews === 1 ? 'crew of this district is' : 'crews of this district are'} on the way to where more customers, critical ones, or a danger wait. As soon as one is sent to you, this page and a message will say so.`,
  }
}
