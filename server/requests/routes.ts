// Requests over HTTP: anyone makes one and follows it by its link, staff work on them.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, Tries, type AccessEnv } from '../access/index.ts'
import { answers, basedOn, body, creates, roomApp, versionOf } from '../contract/http.ts'
import { Refusal } from '../contract/refusal.ts'
import {
  explainInput,
  handOverInput,
  replyToInput,
  requestAnswer,
  requestFilter,
  requestInput,
  requestOwner,
  requestView,
  surveyResults,
  troubleArea,
} from '../contract/requests.ts'
import { instant, listOf } from '../contract/shapes.ts'
import { languageOf } from '../customers/index.ts'
import { followRequestPage, requestFormPage } from './pages.ts'
import { listOwners, listRequests, listTroubleAreas, readFollowedRequest, readRequest, readSurvey } from './reads.ts'
import { receiveRequest, type RequestDeps } from './receive.ts'
import { answerRequest, explain, handOver, takeRequest } from './step.ts'

type App = ReturnType<typeof roomApp<AccessEnv>>

/** Nobody has more to complain about in a minute; a flood from one place is slowed. */
const formTries = { count: 10, within_ms: 60_000 }
const usualPeriod_ms = 90 * 86_400_000
/** What recurs by the season shows within a year. */
const troublePeriod_ms = 365 * 86_400_000
const params = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) })
const since = z.object({ since: instant.optional() })

export function requestRoutes(deps: RequestDeps): App {
  const app = roomApp<AccessEnv>()
  const tries = new Tries(formTries)
  routePublic(app, deps, tries)
  routeStaff(app, deps)
  routeSteps(app, deps)
  routeResults(app, deps)
  return app
}

function routePublic(app: App, deps: RequestDeps, tries: Tries): void {
  const { database, now } = deps
  const refuseFlood = (address: string) => {
    if (!tries.allow(address, now()))
      throw new Refusal('too_many', {
        zh: '提交太频繁：请等一分钟，或拨打95598',
        en: 'Too many at once: wait a minute, or ring us up',
      })
  }
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/requests',
      ...allow('public'),
      request: body(requestInput),
      responses: creates(requestAnswer, 'taken, with an owner and a deadline'),
    }),
    async (c) => {
      const who = c.get('who')
      if (who.role === 'public') refuseFlood(c.get('address'))
      return c.json(await receiveRequest(deps, c.req.valid('json'), who.name), 201)
    },
  )
  const languageFor = (c: {
    req: { query(name: string): string | undefined; header(name: string): string | undefined }
  }) => languageOf(c.req.query('lang'), c.req.header('accept-language'))
  app.get('/api/public/request-form', (c) => c.html(requestFormPage(null, languageFor(c))))
  app.post('/api/public/request-form', async (c) => {
    refuseFlood(c.get('address'))
    const fields = Object.entries(await c.req.parseBody()).filter(([, value]) => value !== '')
    const input = requestInput.safeParse({ ...Object.fromEntries(fields), channel: 'web', language: languageFor(c) })
    if (!input.success) return c.html(requestFormPage('faulty', languageFor(c)), 400)
    const { follow } = await receiveRequest(deps, input.data, 'public')
    return c.redirect(`${follow}?lang=${languageFor(c)}`, 303)
  })
  app.get('/requests/:token', async (c) => {
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
    const token = c.req.param('token')
    const found = /^[\w-]{8,64}$/.test(token) ? await readFollowedRequest(database, token, now()) : null
    const { timezone } = await database.one<{ timezone: string }>('notifications/read_setting')
    return c.html(followRequestPage(found, { timezone, language: languageFor(c), now: now() }), found ? 200 : 404)
  })
}

function routeStaff(app: App, { database, now }: RequestDeps): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/requests',
      ...allow('dispatcher'),
      request: { query: requestFilter },
      responses: answers(listOf(requestView), 'requests, the next deadline first'),
    }),
    async (c) => c.json(await listRequests(database, c.req.valid('query'), now()), 200),
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/request-owners',
      ...allow('dispatcher'),
      responses: answers(
        z.object({ items: z.array(requestOwner) }),
        'who has requests, how many are due, who may be given one',
      ),
    }),
    async (c) => c.json({ items: await listOwners(database, now()) }, 200),
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/requests/{id}',
      ...allow('dispatcher'),
      request: { params },
      responses: answers(requestView, 'one request with its whole way'),
    }),
    async (c) => c.json(await readRequest(database, c.req.valid('param').id, now()), 200),
  )
}

/** The deps of one step, with how many steps its maker had seen: a request's number of steps is its version. */
const seenBy = (deps: RequestDeps, headers: z.infer<typeof basedOn>) => ({ ...deps, seen: versionOf(headers) })

function routeSteps(app: App, deps: RequestDeps): void {
  const step = <Schema extends z.ZodType>(verb: string, schema: Schema, description: string) =>
    createRoute({
      method: 'post',
      path: `/api/requests/{id}/${verb}`,
      ...allow('dispatcher'),
      request: { params, headers: basedOn, ...body(schema) },
      responses: answers(requestView, description),
    })
  app.openapi(step('take', z.object({}), 'taken: the first to do so is answerable'), async (c) =>
    c.json(await takeRequest(seenBy(deps, c.req.valid('header')), c.req.valid('param').id, c.get('who').name), 200),
  )
  app.openapi(step('hand-over', handOverInput, 'handed over'), async (c) => {
    const { to, note } = c.req.valid('json')
    return c.json(
      await handOver(seenBy(deps, c.req.valid('header')), c.req.valid('param').id, to, note, c.get('who').name),
      200,
    )
  })
  app.openapi(step('explain', explainInput, 'explained and put off'), async (c) => {
    const { text, until } = c.req.valid('json')
    return c.json(
      await explain(
        seenBy(deps, c.req.valid('header')),
        c.req.valid('param').id,
        text,
        new Date(until),
        c.get('who').name,
      ),
      200,
    )
  })
  app.openapi(step('answer', replyToInput, 'answered'), async (c) =>
    c.json(
      await answerRequest(
        seenBy(deps, c.req.valid('header')),
        c.req.valid('param').id,
        c.req.valid('json').text,
        c.get('who').name,
      ),
      200,
    ),
  )
}

function routeResults(app: App, { database, now }: RequestDeps): void {
  const begin = (text: string | undefined, period_ms = usualPeriod_ms) =>
    text ? new Date(text) : new Date(now().getTime() - period_ms)
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/surveys',
      ...allow('dispatcher'),
      request: { query: since },
      responses: answers(surveyResults, 'what customers answered after restoration'),
    }),
    async (c) => c.json(await readSurvey(database.replica, begin(c.req.valid('query').since)), 200),
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/trouble-areas',
      ...allow('dispatcher'),
      request: { query: since },
      responses: answers(
        z.object({ items: z.array(troubleArea) }),
        'areas that keep failing or complaining within a year, those in the most months first',
      ),
    }),
    async (c) => {
      const items = await listTroubleAreas(database.replica, begin(c.req.valid('query').since, troublePeriod_ms), 100)
      return c.json({ items }, 200)
    },
  )
}
