// Every word of the pages that need no JavaScript, in both languages.
import type { Language } from '../contract/shapes.ts'

const zh = {
  title: '停电信息',
  customersOut: '户停电',
  incidentsOpen: '起停电',
  customers: '户',
  fewer: '少于5',
  asOf: '更新于',
  reload: '刷新',
  out: '正在停电',
  back: '刚刚恢复',
  nothing: '目前没有已知的停电。',
  since: '自',
  more: (count: number) => `另有${count}起。`,
  report: '报修',
  placeHint: '请至少填写户号、手机号、地址中的一项。',
  accountNo: '户号',
  phone: '手机号',
  address: '地址',
  symptom: '情况',
  symptoms: { no_power: '全部没电', part_power: '部分没电', dim: '电压低、灯暗', hazard: '有危险（断线、冒火）' },
  remark: '补充说明',
  send: '提交',
  taken: '报修已受理',
  follow: '查看进展',
  followTitle: '我的报修',
  reportedAt: '报修时间',
  notTaken: '报修未能受理',
  tooMany: '提交太频繁，请稍后再试或拨打95598。',
  faulty: '请至少填写户号、手机号、地址中的一项；手机号只含数字。',
  unknownFollow: '没有这个报修，请检查链接。',
  backTitle: '来电了吗？',
  backAsk: '请告诉我们您家现在的情况，点一下即可：',
  backYes: '来电了',
  backNo: '还没来电',
  backNotAsked: '这个链接已经失效。如您家停电，请报修。',
  backThanks: '已记录',
  survey: '两个问题',
  surveySpeed: '这次复电的速度',
  surveyTold: '停电期间的告知',
  surveyRemark: '想说的话（可不填）',
  surveyMarks: ['很不满意', '不满意', '一般', '满意', '很满意'],
  surveyThanks: '谢谢您的评价。',
  ledger: (count: number, error_min: number, inside: number) =>
    `近90天我们公布了${count}次复电预计：平均误差${error_min}分钟，${inside}%落在所说的时间段内。`,
  home: '停电信息',
  other: 'English',
}

export type PageWords = typeof zh

const en: PageWords = {
  title: 'Power outages',
  customersOut: 'customers out',
  incidentsOpen: 'incidents',
  customers: 'customers',
  fewer: 'fewer than 5',
  asOf: 'As of',
  reload: 'reload',
  out: 'Out now',
  back: 'Just restored',
  nothing: 'No loss of supply is known.',
  since: 'since',
  more: (count) => `And ${count} more.`,
  report: 'Report an outage',
  placeHint: 'Please give at least one of account number, phone and address.',
  accountNo: 'Account number',
  phone: 'Phone',
  address: 'Address',
  symptom: 'What happened',
  symptoms: {
    no_power: 'No power at all',
    part_power: 'Part of the house is out',
    dim: 'Lights are dim',
    hazard: 'Danger: a wire is down, sparks',
  },
  remark: 'Anything else',
  send: 'Send',
  taken: 'Your report has been taken',
  follow: 'Follow it',
  followTitle: 'My report',
  reportedAt: 'Reported at',
  notTaken: 'Your report could not be taken',
  tooMany: 'Too many at once: please try again shortly, or ring 95598.',
  faulty: 'Please give an account number, a phone or an address; a phone has digits only.',
  unknownFollow: 'There is no such report: please check the link.',
  backTitle: 'Is your power back?',
  backAsk: 'Please tell us how it is at your place, by one tap:',
  backYes: 'It is back',
  backNo: 'Still out',
  backNotAsked: 'This link is no longer good. If your power is out, please report it.',
  backThanks: 'Noted',
  survey: 'Two questions',
  surveySpeed: 'How quickly power came back',
  surveyTold: 'How well you were told what was so',
  surveyRemark: 'Anything else (optional)',
  surveyMarks: ['Very bad', 'Bad', 'Fair', 'Good', 'Very good'],
  surveyThanks: 'Thank you for your answers.',
  ledger: (count, error_min, inside) =>
    `Of ${count} estimates in the last 90 days the mean error was ${error_min} minutes; ${inside} % came true within the time we gave.`,
  home: 'Power outages',
  other: '中文',
}

export const words: Record<Language, PageWords> = { zh, en }

/** The language of a request: `?lang=` first, then the first of ours in Accept-Language, else Chinese. */
export function languageOf(asked: string | undefined, accepted: string | undefined): Language {
  if (asked === 'zh' || asked === 'en') return asked
  const ranked = (accepted ?? '')
    .split(',')
    .map((each) => {
      const [tag = '', quality] = each.trim().split(/;\s*q=/)
      return { tag: tag.slice(0, 2).toLowerCase(), quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ tag, quality }) => (tag === 'zh' || tag === 'en') && quality > 0)
    .sort((left, right) => right.quality - left.quality)
  return ranked[0]?.tag === 'en' ? 'en' : 'zh'
}
