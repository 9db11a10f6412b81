// A customer's pictures over HTTP: added by the link that follows a report, as a body or by a form; read by staff.
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { allow, Tries, type AccessEnv } from '../access/index.ts'
import { answers, creates, roomApp } from '../contract/http.ts'
import { photographType, reportPhotographView } from '../contract/photographs.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Database } from '../database/index.ts'
import { escape, layOut } from './layout.ts'
import { keepReportPhotograph, listReportPhotographs, readReportPhotograph } from './report-photographs.ts'
import { languageOf, words } from './words.ts'

type App = ReturnType<typeof roomApp<AccessEnv>>
type PhotographDeps = { database: Database; now(): Date }

/** A picture may have two megabytes: whoever sends more of them in a minute fills a disk. */
const pictureTries = { count: 10, within_ms: 60_000 }
const token = z.string().regex(/^[\w-]{8,64}$/)
const picture = { schema: z.any().openapi({ type: 'string', format: 'binary' }) }
const pictures = Object.fromEntries(photographType.options.map((type) => [type, picture]))
const byId = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) })

const languageFor = (c: Context) => languageOf(c.req.query('lang'), c.req.header('accept-language'))

export function reportPhotographRoutes(deps: PhotographDeps): App {
  const app = roomApp<AccessEnv>()
  const tries = new Tries(pictureTries)
  const refuseFlood = (c: Context<AccessEnv>) => {
    if (!tries.allow(c.get('address'), deps.now()))
      throw new Refusal('too_many', { zh: '提交太频繁：请等一分钟', en: 'Too many at once: wait a minute' })
  }
  routeAdding(app, deps, refuseFlood)
  routeStaff(app, deps)
  return app
}

function routeAdding(app: App, { database, now }: PhotographDeps, refuseFlood: (c: Context<AccessEnv>) => void): void {
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/follow/{token}/photographs',
      ...allow('public'),
      request: { params: z.object({ token }), body: { required: true, content: pictures } },
      responses: creates(z.object({ id: z.string() }), 'kept with the report'),
    }),
    async (c) => {
      refuseFlood(c)
      const bytes = new Uint8Array(await c.req.arrayBuffer())
      return c.json(await keepReportPhotograph(database, c.req.valid('param').token, bytes, now()), 201)
    },
  )
  app.post('/follow/:token/photograph', async (c) => {
    const language = languageFor(c)
    const say = words[language]
    const asked = token.safeParse(c.req.param('token'))
    const back = (text: string, status: 200 | 400 | 404 | 413 | 422 | 429) => {
      const link = asked.success
        ? `<p><a href="/follow/${escape(asked.data)}?lang=${language}">${escape(say.follow)}</a></p>`
        : ''
      const body = `<p role="${status === 200 ? 'status' : 'alert'}">${escape(text)}</p>${link}`
      return c.html(layOut({ title: say.photograph, language, body }), status)
    }
    try {
      refuseFlood(c)
      const { photograph } = await c.req.parseBody()
      if (!asked.success || !(photograph instanceof File)) return back(say.photographRefused, 400)
      await keepReportPhotograph(database, asked.data, new Uint8Array(await photograph.arrayBuffer()), now())
      return back(say.photographKept, 200)
    } catch (reason) {
      if (!(reason instanceof Refusal)) throw reason
      if (reason.kind === 'too_many') return back(say.tooMany, 429)
      if (reason.kind === 'not_found') return back(say.unknownFollow, 404)
      return back(say.photographRefused, reason.kind === 'too_large' ? 413 : reason.kind === 'invalid' ? 400 : 422)
    }
  })
}

function routeStaff(app: App, { database }: PhotographDeps): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/incidents/{id}/report-photographs',
      ...allow('dispatcher', 'crew'),
      request: {
        params: byId,
        query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(100).openapi({ type: 'integer' }) }),
      },
      responses: answers(
        z.object({ items: z.array(reportPhotographView), next_cursor: z.null() }),
        'what customers sent with the reports that count to the incident, oldest first',
      ),
    }),
    async (c) => {
      const items = await listReportPhotographs(database, c.req.valid('param').id, c.req.valid('query').limit)
      return c.json({ items, next_cursor: null }, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/report-photographs/{id}',
      ...allow('dispatcher', 'crew'),
      request: { params: byId },
      responses: { 200: { description: 'the picture', content: pictures } },
    }),
    async (c) => {
      const found = await readReportPhotograph(database, c.req.valid('param').id)
      return c.body(new Uint8Array(found.picture), 200, {
        'content-type': found.media_type,
        'cache-control': 'private, max-age=86400, immutable',
        'x-content-type-options': 'nosniff',
      })
    },
  )
}
