// The Chinese words of states, steps and causes: one table for the screens and for the sentences that the server says.
import type { AssignmentStatus } from './assignments.ts'
import type { Cause, IncidentStatus } from './incidents.ts'
import type { PlannedState } from './planned-outages.ts'

export const incidentStatusZh: Record<IncidentStatus, string> = {
  suspected: '疑似',
  probable: '很可能',
  confirmed: '已确认',
  partly_restored: '部分复电',
  restored: '已复电',
  closed: '已关闭',
  cancelled: '已取消',
}

export const assignmentStatusZh: Record<AssignmentStatus, string> = {
  offered: '待接单',
  accepted: '已接单',
  en_route: '赶赴中',
  on_site: '已到场',
  finished: '已完工',
  declined: '已拒绝',
  withdrawn: '已撤回',
  expired: '未应答',
}

export const plannedStateZh: Record<PlannedState, string> = {
  announced: '已公告',
  started: '停电中',
  ended: '已结束',
  cancelled: '已取消',
  joined: '已合并',
}

export const causeZh: Record<Cause, string> = {
  equipment: '设备故障',
  lightning: '雷击',
  planned: '计划停电',
  power_supply: '上级电源',
  public: '外力破坏',
  vegetation: '树障',
  weather: '大风暴雨',
  wildlife: '鸟兽',
  customer_equipment: '用户设备',
  unknown: '原因待查',
  other: '其他',
}
