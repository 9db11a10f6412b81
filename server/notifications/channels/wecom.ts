// A WeChat Work (企业微信) group robot: a text message posted to the group's own address
// (https://developer.work.weixin.qq.com/document/path/91770). It takes 20 messages a minute.
import { z } from 'zod'
import type { Channel, Outcome } from './channel.ts'
import { outcomeOf, postJson, type Answer } from './post.ts'

export const wecomSettings = z.object({ url: z.url({ protocol: /^https?$/ }) })

const tooManyMessages = 45009

export function openWecom(settings: z.infer<typeof wecomSettings>): Channel {
  return {
    send: async (message) => {
      const body = JSON.stringify({ msgtype: 'text', text: { content: message.text } })
      return robotOutcome(await postJson(settings.url, body), [tooManyMessages, -1])
    },
  }
}

/** Robots answer 200 with an `errcode`; those in `passing` are worth another try. */
export function robotOutcome(answer: Answer, passing: number[]): Outcome {
  const plain = outcomeOf(answer)
  if (plain.kind !== 'sent') return plain
  const { errcode, errmsg } = readAnswer(answer.text)
  if (errcode === 0) return plain
  const reason = `errcode ${errcode}: ${errmsg}`
  return passing.includes(errcode) ? { kind: 'retry', reason, after_s: 60 } : { kind: 'refused', reason }
}

function readAnswer(text: string): { errcode: number; errmsg: string } {
  try {
    const { errcode = -1, errmsg = '' } = JSON.parse(text) as { errcode?: number; errmsg?: string }
    return { errcode, errmsg }
  } catch {
    return { errcode: -1, errmsg: `no JSON: ${text.slice(0, 100)}` }
  }
}
