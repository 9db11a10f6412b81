// What this room says in both languages.
import type { Says } from '../contract/shapes.ts'
import type { Join } from './joining.ts'

const hours = (value: number) => String(Math.round(value * 10) / 10)

/** Why two planned outages are better done at once. */
export function saysJoin(join: Join): Says {
  const [before, after, spared] = [join.before_h, join.after_h, join.before_h - join.after_h].map(hours)
  const days = hours(Math.max(0, join.apart_h) / 24)
  return join.twice > 0
    ? {
        zh: `两项工作相隔${days}天，${join.twice}户将停电两次；合并后停电${after}时·户，原为${before}时·户，少停${spared}时·户。`,
        en: `The two are ${days} days apart and would switch ${join.twice} customers off twice; joined they come to ${after} customer-hours instead of ${before}: ${spared} fewer.`,
      }
    : {
        zh: `两项工作时间重叠；同时开始后停电${after}时·户，原为${before}时·户，少停${spared}时·户。`,
        en: `The two overlap in time; begun together they come to ${after} customer-hours instead of ${before}: ${spared} fewer.`,
      }
}
