// The answers to "is it really back?": by the link of a message or of a followed report, by SMS, by a gateway's webhook.
import { createRoute, z } from '@hono/zod-openapi'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { allow, Tries, type AccessEnv } from '../access/index.ts'
import { answers, body, roomApp } from '../contract/http.ts'
import { replyAnswer, replyInput } from '../contract/public.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Queries } from '../database/index.ts'
import { isSigned, readLinkToken } from '../notifications/index.ts'
import { backPage } from './back-page.ts'
import { hearReply } from './hear-reply.ts'
import { escape, layOut } from './layout.ts'
import { answerBack, isBack, statusFor, type AnswerDeps, type Asked } from './still-out.ts'
import { languageOf, words } from './words.ts'

type Env = AccessEnv & { Bindings: HttpBindings }
type App = ReturnType<typeof roomApp<Env>>

/** One tap is enough; whoever sends more is not reading the answer. */
const answerTries = { count: 10, within_ms: 60_000 }
const mark = z.coerce.number().int().min(1).max(5)
const surveyInput = z.object({ speed: mark, told: mark, remark: z.string().trim().max(1000).optional() })

const languageFor = (c: Context) => languageOf(c.req.query('lang'), c.req.header('accept-language'))

export function backRoutes(deps: AnswerDeps): App {
  const app = roomApp<Env>()
  routePages(app, deps)
  routeReplies(app, deps)
  return app
}

/** Who holds this link: of a message (`number.signature`) or of a report that is followed. */
export async function askedBy(queries: Queries, token: string): Promise<Asked | null> {
  if (!/^[\w.-]{8,64}$/.test(token)) return null
  if (!token.includes('.')) return queries.maybe<Asked>('customers/read_asked_by_report', { token })
  const { link_key } = await queries.one<{ link_key: string }>('notifications/read_setting')
  const id = readLinkToken(link_key, 'back', token)
  return id === null ? null : queries.maybe<Asked>('customers/read_asked_by_notification', { id })
}

function routePages(app: App, deps: AnswerDeps): void {
  const { database, now } = deps
  const tries = new Tries(answerTries)
  const gone = (c: Context) => {
    const language = languageFor(c)
    const say = words[language]
    return c.html(layOut({ title: say.backTitle, language, body: `<p>${escape(say.backNotAsked)}</p>` }), 404)
  }
  app.use('/back/*', async (c, next) => {
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
    await next()
  })
  app.get('/back/:token', async (c) => {
    const token = c.req.param('token')
    const asked = await askedBy(database, token)
    const status = asked && (await statusFor(database, asked, now()))
    if (!status) return gone(c)
    const back = isBack(status)
    return c.html(
      backPage(
        { token, says: status.says, asks: back, follow: null, survey: status.kind === 'restored' },
        languageFor(c),
      ),
    )
  })
  app.post('/back/:token', async (c) => {
    const token = c.req.param('token')
    const asked = await askedBy(database, token)
    const { answer } = await c.req.parseBody()
    if (!asked || (answer !== 'back' && answer !== 'still_out')) return gone(c)
    if (!tries.allow(asked.service_point_id, now())) return gone(c)
    const { says, follow } = await answerBack(deps, asked, answer, 'web')
    const survey = answer === 'back' && asked.incident_id !== null
    return c.html(backPage({ token, says, asks: false, follow, survey }, languageFor(c)))
  })
  app.post('/back/:token/survey', async (c) => {
    const asked = await askedBy(database, c.req.param('token'))
    const input = surveyInput.safeParse(await c.req.parseBody())
    if (!asked?.incident_id || !input.success) return gone(c)
    const { incident_id, service_point_id } = asked
    const kept = { remark: null, ...input.data, incident_id, service_point_id, at: now() }
    await database.touch('customers/keep_survey_answer', kept)
    const language = languageFor(c)
    const say = words[language]
    return c.html(layOut({ title: say.backThanks, language, body: `<p role="status">${escape(say.surveyThanks)}</p>` }))
  })
}

/** A gateway tells what customers sent back, signed as we sign to it: by the secret of its channel. */
function routeReplies(app: App, deps: AnswerDeps): void {
  const tries = new Tries(answerTries)
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/replies/{channel}',
      ...allow('public'),
      request: { params: z.object({ channel: z.string().max(31) }), ...body(replyInput) },
      responses: answers(replyAnswer, 'heard; `says` is what to answer the customer'),
    }),
    async (c) => {
      const { channel } = c.req.valid('param')
      const signed = {
        timestamp: c.req.header('x-relight-timestamp') ?? '',
        signature: c.req.header('x-relight-signature') ?? '',
        body: await c.req.text(),
      }
      const known = await deps.database.maybe<{ secret: string }>('customers/read_channel_secret', { channel })
      if (!known || !isSigned(known.secret, signed, deps.now()))
        throw new Refusal(
          'forbidden',
          `Sign the body by the secret of channel ${channel}: X-Relight-Timestamp and X-Relight-Signature`,
        )
      const reply = c.req.valid('json')
      if (!tries.allow(reply.from, deps.now()))
        throw new Refusal('too_many', { zh: '同一号码回复太多', en: 'Too many replies from one number' })
      return c.json(await hearReply(deps, reply), 200)
    },
  )
}
