// A DingTalk (钉钉) group robot. Its address is signed: the HMAC-SHA-256 of `timestamp\nsecret` by the secret, in base 64
// (https://open.dingtalk.com/document/robots/customize-robot-security-settings). It takes 20 messages a minute.
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Channel } from './channel.ts'
import { postJson } from './post.ts'
import { robotOutcome } from './wecom.ts'

export const dingtalkSettings = z.object({ url: z.url({ protocol: /^https?$/ }), secret: z.string().min(1) })

const tooManyMessages = 410100

export function openDingtalk(settings: z.infer<typeof dingtalkSettings>, now: () => Date): Channel {
  return {
    send: async (message) => {
      const timestamp = String(now().getTime())
      const url = new URL(settings.url)
      url.searchParams.set('timestamp', timestamp)
      url.searchParams.set('sign', dingtalkSign(settings.secret, timestamp))
      const body = JSON.stringify({ msgtype: 'text', text: { content: message.text } })
      return robotOutcome(await postJson(url.href, body), [tooManyMessages, -1])
    },
  }
}

/** `timestamp` in milliseconds since 1970. */
export function dingtalkSign(secret: string, timestamp: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
}
