// How a customer is asked whether supply is really back, by what their channel can carry back. Pure.
import type { Says } from '../contract/shapes.ts'
import type { ChannelKind } from './channels/open-channel.ts'

/** A line on which customers can answer: to it, or by a gateway that tells us (`hasReplies`: it was given an address for that). */
export function canReply(kind: ChannelKind | null, hasReplies: boolean): boolean {
  return kind === 'smpp' || kind === 'webhook' || (kind === 'kannel' && hasReplies)
}

/** The question, promising no way that leads nowhere. */
export function askBack(kind: ChannelKind | null, hasReplies: boolean, link: string | null): Says {
  if (kind === 'web_push')
    return {
      zh: '来电了没有？请点开这条通知告诉我们。',
      en: 'Is yours back? Please open this notice and tell us.',
    }
  if (canReply(kind, hasReplies))
    return {
      zh: `没来电请回复“0”，来电了请回复“1”${link === null ? '' : `，或打开 ${link} `}。`,
      en: `Still out: reply 0. Power is back: reply 1${link === null ? '' : `, or open ${link} `}.`,
    }
  return link === null
    ? { zh: '如仍未来电，请拨打95598。', en: 'If yours is not, please ring 95598.' }
    : { zh: `来电了没有？请打开 ${link} 告诉我们。`, en: `Is yours back? Please open ${link} to tell us.` }
}
