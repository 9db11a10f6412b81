// What customers send back through a Kannel gateway: the `get-url` or `post-url` of its `sms-service`, and the answer that it sends
// them (user guide, "SMS services").
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { roomApp } from '../contract/http.ts'
import { Refusal } from '../contract/refusal.ts'
import { isReplyOf } from '../notifications/index.ts'
import { answerReply } from './hear-reply.ts'
import type { AnswerDeps } from './still-out.ts'

const params = z.object({ channel: z.string().max(31), token: z.string().max(64) })
const longest = 2000
const said = z.string().max(longest)
const responses = {
  200: { description: 'what to answer the customer, or nothing', content: { 'text/plain': { schema: z.string() } } },
}
const path = '/api/replies/{channel}/{token}'
/** Coding 2 is UCS-2, which carries Chinese: what Kannel makes of our UTF-8 where it accepts its own headers. */
const answerHeaders = { 'x-kannel-coding': '2' }

export function gatewayRoutes(deps: AnswerDeps) {
  const app = roomApp<AccessEnv>()
  const hear = async (channel: string, token: string, from: string | undefined, text: string) => {
    const config = await deps.database.maybe<{ kind: string; settings: unknown }>('notifications/read_channel', {
      channel,
    })
    if (config?.kind !== 'kannel' || !isReplyOf(config.settings, token))
      throw new Refusal('not_found', 'No channel of ours has this address for replies')
    const sender = z.string().trim().min(3).max(100).safeParse(from)
    if (!sender.success) throw new Refusal('invalid', 'from: the number of whoever sent it')
    if (text.trim() === '') return ''
    const answer = await answerReply(deps, { from: sender.data, text })
    return answer === null ? '' : answer.says[answer.language]
  }
  // Kannel puts the text in as it came from the centre, Chinese as UTF-16: `text` is read from the address byte by byte.
  const query = z.object({ from: said, to: said.optional(), text: said, charset: said.optional() })
  app.openapi(
    createRoute({ method: 'get', path, ...allow('public'), request: { params, query }, responses }),
    async (c) => {
      const { channel, token } = c.req.valid('param')
      const { from, charset } = c.req.valid('query')
      const text = textOf(bytesIn(c.req.url, 'text'), charset)
      return c.text(await hear(channel, token, from, text), 200, answerHeaders)
    },
  )
  app.openapi(createRoute({ method: 'post', path, ...allow('public'), request: { params }, responses }), async (c) => {
    const { channel, token } = c.req.valid('param')
    const [, charset] = /charset="?([\w-]+)/i.exec(c.req.header('content-type') ?? '') ?? []
    const text = textOf(new Uint8Array(await c.req.arrayBuffer()), charset)
    return c.text(
      await hear(channel, token, c.req.query('from') ?? c.req.header('x-kannel-from'), text),
      200,
      answerHeaders,
    )
  })
  return app
}

/** The bytes of a query's parameter, before anybody takes them for UTF-8. */
function bytesIn(url: string, name: string): Uint8Array {
  const [, given = ''] = new RegExp(`[?&]${name}=([^&#]*)`).exec(url) ?? []
  const letters = given
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(letters, 'latin1')
}

/** In the coding that Kannel names; where it names none, UTF-16 is told by what UTF-8 has not. */
export function textOf(bytes: Uint8Array, charset = ''): string {
  const isUtf8 = !/^utf-?16/i.test(charset) && !bytes.includes(0) && isValid(bytes)
  return new TextDecoder(isUtf8 ? 'utf-8' : 'utf-16be').decode(bytes).slice(0, longest)
}

function isValid(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
