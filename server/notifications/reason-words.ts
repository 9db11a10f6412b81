// Why a message could not be sent, in the reader's language. Reasons are kept as they came, mostly in a provider's English; those
// that are known are read here by a code, and what the other side said itself stays behind them. Pure.
import type { Says } from '../contract/shapes.ts'

export type ReadReason = { code: string; says: Says; raw: string | null }
type Known = { code: string; pattern: RegExp; says: (found: string[]) => Says }

const stop = /^given up after (\d+) tries: (.*)$/s

/** The first that fits. What a group named `raw` catches is the other side's own. */
const known: Known[] = [
  plain('no_phone', /^the recipient is no phone number$/, '收件号码不是电话号码', 'The recipient is no phone number'),
  plain('no_push', /^the recipient is no push subscription$/, '推送订阅无效', 'The push subscription cannot be used'),
  plain('push_gone', /^push service answered (?:404|410)$/, '浏览器已取消订阅', 'The browser has unsubscribed'),
  answered('push_refused', /^push service answered (\d+)$/, '推送服务', 'The push service'),
  plain(
    'centre_silent',
    /^the message centre (?:did|does) not answer$/,
    '短信中心没有应答',
    'The message centre does not answer',
  ),
  plain('centre_closed', /^the message centre closed the line$/, '短信中心断开了连接', 'The message centre hung up'),
  plain(
    'centre_sign_in',
    /^the message centre refuses the sign-in \(status \d+\)$/,
    '短信中心不接受登录：请核对渠道的账号口令',
    'The message centre refuses our sign-in: check the channel’s account',
  ),
  answered('centre_refused', /^the message centre answered status (\d+)$/, '短信中心', 'The message centre'),
  plain('centre_lost', /^message centre: (?<raw>.*)$/s, '连不上短信中心', 'The message centre cannot be reached'),
  plain(
    'gateway_silent',
    /^Kannel does not answer: (?<raw>.*)$/s,
    '短信网关没有应答',
    'The SMS gateway does not answer',
  ),
  answered('gateway_refused', /^Kannel answered (\d+): (?<raw>.*)$/s, '短信网关', 'The SMS gateway'),
  plain('expired', /^not delivered: EXPIRED/, '对方长时间关机或无信号，短信已过期', 'The phone was off for too long'),
  plain('undeliverable', /^not delivered: (?<raw>.*)$/s, '短信未能送达', 'Taken by the carrier, but not delivered'),
  plain('robot_refused', /^errcode (?<raw>-?\d+: .*)$/s, '群机器人拒收', 'The group’s robot refuses it'),
  answered('refused', /^answered (\d+)(?:: (?<raw>.*))?$/s, '对方服务器', 'The other server'),
  {
    code: 'word_missing',
    pattern: /^\w+ needs \{(\w+)\}, which is not known$/,
    says: ([word]) => ({
      zh: `措辞用了 {${word}}，但还不知道它`,
      en: `Its wording needs {${word}}, which is not known`,
    }),
  },
  {
    code: 'refused_by',
    pattern: /^refused by (.*)$/,
    says: ([who]) => ({ zh: `${who}不批准`, en: `Refused by ${who}` }),
  },
  plain('out_again', /^they are out (?:again|after all)$/, '用户又停电了', 'They are out again'),
  plain('no_loss', /^there was no loss of supply after all$/, '实际没有停电', 'There was no loss of supply after all'),
  plain(
    'planned_moot',
    /^the planned work is over, or will not be as this says$/,
    '计划停电已结束或有变',
    'The planned work is over, or has changed',
  ),
  plain('newer', /^a newer estimate is told instead$/, '已改发更新的预计', 'A newer estimate is told instead'),
  plain(
    'back_before',
    /^supply was back before this could be sent$/,
    '发出之前已经复电',
    'Supply was back before this could be sent',
  ),
  plain(
    'unreachable',
    /^(?<raw>.*(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|fetch failed|timeout|timed out).*)$/is,
    '连不上对方服务器',
    'The other server cannot be reached',
  ),
  plain(
    'sign_in',
    /^(?<raw>Invalid login.*)$/is,
    '对方不接受登录：请核对渠道的账号口令',
    'Our sign-in is refused: check the channel’s account',
  ),
  plain(
    'mailbox',
    /^(?<raw>.*(?:recipients? (?:was|were) rejected|mailbox|\b55\d\b).*)$/is,
    '对方邮箱拒收',
    'The mailbox refuses it',
  ),
]

function plain(code: string, pattern: RegExp, zh: string, en: string): Known {
  return { code, pattern, says: () => ({ zh, en }) }
}

function answered(code: string, pattern: RegExp, zh: string, en: string): Known {
  return { code, pattern, says: ([status]) => ({ zh: `${zh}应答 ${status}`, en: `${en} answered ${status}` }) }
}

/** `reason` by its code, in both languages, with what the provider itself said. */
export function readReason(reason: string): ReadReason {
  const given = stop.exec(reason)
  if (given) {
    const { code, says, raw } = readReason(given[2]!)
    const tries = given[1]!
    return {
      code,
      raw,
      says: { zh: `试了 ${tries} 次后放弃：${says.zh}`, en: `Given up after ${tries} tries. ${says.en}` },
    }
  }
  for (const { code, pattern, says } of known) {
    const found = pattern.exec(reason)
    if (found) return { code, says: says(found.slice(1)), raw: found.groups?.['raw'] || null }
  }
  return { code: 'other', says: { zh: '渠道报告的原因', en: 'The channel’s own words' }, raw: reason }
}
