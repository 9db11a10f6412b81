// What the desk's search says: the kinds of things found, and their states in words.
import type { SearchHit } from '../../server/contract/search.ts'
import { plannedText } from './planned.ts'
import { sharedText } from './shared.ts'
import { words } from './words.ts'

export const searchText = words(
  {
    kinds: {
      customer: '用电户',
      incident: '停电事件',
      transformer: '台区',
      feeder: '馈线',
      device: '设备',
      crew: '班组',
      report: '报修',
      planned: '计划停电',
      request: '诉求',
    },
    number: (number: string) => `第 ${number} 号`,
    answered: '已答复',
    open: '未答复',
    unlocated: '待定位',
    out: '停电中',
  },
  {
    kinds: {
      customer: 'Customers',
      incident: 'Incidents',
      transformer: 'Transformers',
      feeder: 'Feeders',
      device: 'Devices',
      crew: 'Crews',
      report: 'Calls',
      planned: 'Planned outages',
      request: 'Requests',
    },
    number: (number) => `No. ${number}`,
    answered: 'answered',
    open: 'unanswered',
    unlocated: 'no place',
    out: 'out',
  },
)

/** The state of what was found, in words; empty where it has none to tell. */
export function stateWords({ kind, state }: SearchHit): string {
  if (state === null) return ''
  const shared = sharedText()
  const t = searchText()
  const dictionaries: Partial<Record<SearchHit['kind'], Record<string, string>>> = {
    incident: shared.status,
    device: shared.equipmentKind,
    crew: shared.crewStatus,
    planned: plannedText().state,
    request: { open: t.open, answered: t.answered },
    report: { unlocated: t.unlocated },
  }
  return dictionaries[kind]?.[state] ?? ''
}
