// Refusals in plain words: the closed set of the server's contract, and a server that does not answer.
import type { RefusalKind } from '../../server/contract/refusal.ts'
import type { Refused } from '../live/ask.ts'
import { language } from './language.svelte.ts'
import { words } from './words.ts'

const refusedText = words<Record<RefusalKind | 'unreachable', string>>(
  {
    invalid: '填写的内容不能用',
    unauthenticated: '登录已过期，请重新登录',
    forbidden: '当前角色不能做这一步',
    not_found: '没有这一项',
    out_of_order: '步骤顺序不对',
    stale: '情况已有变化',
    conflict: '别人先了一步',
    key_reused: '同一请求号用在了不同内容上',
    too_large: '一次太多',
    unprocessable: '按现状做不了',
    too_many: '太频繁，请稍候',
    unavailable: '服务器暂时做不了',
    unreachable: '服务器没有应答，没有执行。请再试一次',
  },
  {
    invalid: 'The input cannot be used',
    unauthenticated: 'The sign-in has expired: sign in again',
    forbidden: 'Not for this role',
    not_found: 'There is no such thing',
    out_of_order: 'This step is out of order',
    stale: 'Things have changed since',
    conflict: 'Somebody else was first',
    key_reused: 'The same key was used for something else',
    too_large: 'Too much at once',
    unprocessable: 'This cannot be done to what is there',
    too_many: 'Too many tries: wait a moment',
    unavailable: 'The server cannot do it just now',
    unreachable: 'The server does not answer; nothing was done. Try again',
  },
)

const kinds = Object.keys(refusedText()) as (RefusalKind | 'unreachable')[]

/** The kind in the language of the screen, then the server's own sentence on what and where. */
export function refusedWords(refused: Refused): string {
  const name = refused.status === 0 ? 'unreachable' : refused.type.replace('urn:relight:', '')
  const kind = kinds.find((each) => each === name)
  const colon = language.current === 'zh' ? '：' : ': '
  const title = kind ? refusedText()[kind] : refused.title
  return refused.detail ? `${title}${colon}${refused.detail}` : title
}
