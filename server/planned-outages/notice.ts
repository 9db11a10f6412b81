// How long before planned work customers must be told. Pure. The rules are China's: Regulations on the Supply and Use of Electric
// Power (电力供应与使用条例), article 28, and Measures for the Supervision of Electricity Supply (供电监管办法), article 13.
import type { NoticeKind, NoticeView } from '../contract/planned-outages.ts'

const hour_ms = 3_600_000

/** 计划检修: seven days to everyone. 临时检修: 24 hours. */
export const noticeNeeded_h: Record<NoticeKind, number> = { planned: 168, temporary: 24 }

const rules: Record<NoticeKind, NoticeView['rule']> = {
  planned: {
    zh: '计划检修停电应提前7天通知用户或公告（《电力供应与使用条例》第二十八条、《供电监管办法》第十三条）',
    en: 'Planned work: customers are told 7 days before (Regulations on the Supply and Use of Electric Power, article 28; Measures for the Supervision of Electricity Supply, article 13)',
  },
  temporary: {
    zh: '临时检修停电应提前24小时公告并通知重要用户（《电力供应与使用条例》第二十八条、《供电监管办法》第十三条）',
    en: 'Temporary work: announced 24 hours before, and critical customers told (Regulations on the Supply and Use of Electric Power, article 28; Measures for the Supervision of Electricity Supply, article 13)',
  },
}

/**
 * Planned work switches a 10 kV customer off three times a year at most, and is to be arranged together (统一安排): Rules of
 * Electricity Supply Business (供电营业规则, 1996), article 57.
 */
export const plannedAYear = 3

/** Whether work that starts at `startsAt` was announced in time at `announcedAt`. */
export function noticeOf(
  kind: NoticeKind,
  announcedAt: Date,
  startsAt: Date,
  waiver: string | null = null,
): NoticeView {
  const needed_h = noticeNeeded_h[kind]
  const given_h = (startsAt.getTime() - announcedAt.getTime()) / hour_ms
  return {
    kind,
    needed_h,
    given_h: Math.round(given_h * 10) / 10,
    met: given_h >= needed_h,
    earliest_at: new Date(announcedAt.getTime() + needed_h * hour_ms).toISOString(),
    waiver,
    rule: rules[kind],
  }
}
