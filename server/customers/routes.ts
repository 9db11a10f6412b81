// What the public asks: the map's incidents, the sums, a page for everyone, one's own status, a report by form.
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { allow, type AccessEnv } from '../access/index.ts'
import { answers, roomApp } from '../contract/http.ts'
import { accountKey, customerStatus, publicIncident, publicSummary } from '../contract/public.ts'
import { TooMany } from '../contract/refusal.ts'
import { reportInput } from '../contract/reports.ts'
import type { Language } from '../contract/shapes.ts'
import type { Database } from '../database/index.ts'
import type { ReportFlood } from '../reports/index.ts'
import { AccountDoor } from './account-door.ts'
import { answerWith } from './answer.ts'
import { findRoutes } from './find-routes.ts'
import { followPage, photographForm, readFollowed } from './follow.ts'
import { escape, layOut } from './layout.ts'
import { reportForm } from './page.ts'
import type { PublicPages } from './pages.ts'
import { statusOfOwn } from './own-status.ts'
import type { KeepWords, Submit } from './still-out.ts'
import { backRoutes } from './back-routes.ts'
import { gatewayRoutes } from './gateway-routes.ts'
import { reportPhotographRoutes } from './photograph-routes.ts'
import { subscriptionRoutes } from './subscription-routes.ts'
import { placeReportRoutes, type PlaceReport } from './place-report-routes.ts'
import { placeRoutes } from './place-routes.ts'
import { languageOf, words } from './words.ts'

export type CustomerDeps = {
  database: Database
  pages: PublicPages
  now(): Date
  submit: Submit
  keepWords: KeepWords
  place: PlaceReport
  flood: ReportFlood
}

type App = ReturnType<typeof roomApp<AccessEnv>>

export function customerRoutes(deps: CustomerDeps) {
  const app = roomApp<AccessEnv>()
  routePublic(app, deps)
  const door = new AccountDoor()
  routeStatus(app, deps, door)
  routeFollow(app, deps)
  routeForm(app, deps)
  app.route('/', reportPhotographRoutes(deps))
  app.route('/', placeReportRoutes(deps))
  app.route('/', backRoutes(deps))
  app.route('/', gatewayRoutes(deps))
  app.route('/', subscriptionRoutes({ ...deps, door }))
  app.route('/', placeRoutes({ ...deps, door }))
  app.route('/', findRoutes(deps))
  return app
}

const languageFor = (c: Context) => languageOf(c.req.query('lang'), c.req.header('accept-language'))

function routePublic(app: App, { pages }: CustomerDeps): void {
  const collection = z
    .object({
      type: z.literal('FeatureCollection'),
      features: z.array(
        z.object({
          type: z.literal('Feature'),
          id: z.string(),
          geometry: z.object({ type: z.enum(['Polygon', 'MultiPolygon']), coordinates: z.array(z.unknown()) }),
          properties: publicIncident,
        }),
      ),
    })
    .openapi('PublicIncidents')
  const open = (path: string, content: Record<string, { schema: z.ZodType }>, description: string) =>
    createRoute({ method: 'get', path, ...allow('public'), responses: { 200: { description, content } } })
  // These answer bytes made ahead, in the shape that the route names; the routes' types know only JSON made on the spot.
  app.openapi(
    open(
      '/api/public/incidents',
      { 'application/geo+json': { schema: collection } },
      'areas that are out, or just back',
    ),
    async (c) => answerWith(c, (await pages.take()).incidents) as never,
  )
  app.openapi(
    open('/api/public/summary', { 'application/json': { schema: publicSummary } }, 'sums and the list'),
    async (c) => answerWith(c, (await pages.take()).summary) as never,
  )
  app.openapi(
    open('/api/public/status', { 'text/html': { schema: z.string() } }, 'the same as a page of plain HTML'),
    async (c) => answerWith(c, (await pages.take())[`status.${languageFor(c)}`]) as never,
  )
}

function routeStatus(app: App, { database, now }: CustomerDeps, door: AccountDoor): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/customers/status',
      ...allow('public'),
      request: { query: accountKey },
      responses: answers(customerStatus, 'what is so for this customer now'),
    }),
    async (c) => {
      const points = await door.open(database, c.req.valid('query'), c.get('address'), now())
      const { status } = await statusOfOwn(database, points, now())
      const { kind, says, incidentId, since, estimate } = status
      return c.json(
        {
          kind,
          says,
          incident_id: incidentId,
          since: since?.toISOString() ?? null,
          estimate: estimate && {
            at: estimate.at.toISOString(),
            low: estimate.low.toISOString(),
            high: estimate.high.toISOString(),
          },
        },
        200,
      )
    },
  )
}

function routeFollow(app: App, { database, now }: CustomerDeps): void {
  app.get('/follow/:token', async (c) => {
    const language = languageFor(c)
    const token = c.req.param('token')
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
    const followed = /^[\w-]{8,64}$/.test(token) ? await readFollowed(database, token, now()) : null
    if (!followed) return c.html(notice(words[language].unknownFollow, language), 404)
    const { timezone } = await database.one<{ timezone: string }>('notifications/read_setting')
    return c.html(followPage(followed, token, timezone, language, now()))
  })
}

function notice(text: string, language: Language): string {
  return layOut({ title: words[language].followTitle, language, body: `<p>${escape(text)}</p>` })
}

function routeForm(app: App, { submit, flood, now }: CustomerDeps): void {
  app.post('/api/public/report-form', async (c) => {
    const language = languageFor(c)
    const say = words[language]
    const refused = (reason: string, status: 400 | 429) => {
      const body = `<p role="alert">${escape(reason)}</p>${reportForm(language)}`
      return c.html(layOut({ title: say.notTaken, language, body }), status)
    }
    const fields = Object.entries(await c.req.parseBody()).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].trim() !== '',
    )
    const input = reportInput.safeParse({ ...Object.fromEntries(fields), channel: 'web' })
    if (!input.success) return refused(say.faulty, 400)
    try {
      flood.count({ who: c.get('who'), address: c.get('address'), key: undefined }, input.data, now())
    } catch (reason) {
      if (!(reason instanceof TooMany)) throw reason
      c.header('retry-after', String(reason.wait_s))
      return refused(reason.detailIn(language), 429)
    }
    const answer = await submit(input.data, 'public')
    const body = `<p><strong>${escape(answer.verdict.says[language])}</strong></p>
<p><a href="${escape(answer.follow)}?lang=${language}">${escape(say.follow)}</a></p>
${photographForm(answer.follow, language)}`
    return c.html(layOut({ title: say.taken, language, body }))
  })
}
