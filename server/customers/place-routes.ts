// "My place": what is so, who my manager is, why my neighbour has light; and what happened in the last seven days. As JSON, and as
// pages without JavaScript.
import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { allow, type AccessEnv } from '../access/index.ts'
import { answers, body, roomApp } from '../contract/http.ts'
import { accountKey, placeView, type PlaceView, type PlannedHere } from '../contract/public.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Language } from '../contract/shapes.ts'
import type { Database } from '../database/index.ts'
import { clockIn } from '../status/index.ts'
import type { AccountDoor, OwnPoint } from './account-door.ts'
import { whyNeighbours, whyTruck, type PlaceFacts } from './explain-place.ts'
import { plannedAt } from './find.ts'
import { escape, layOut } from './layout.ts'
import { plannedLines } from './page.ts'
import { statusOfOwn } from './own-status.ts'
import { placeName } from './public.ts'
import { publicCount } from './privacy.ts'
import { languageOf, words } from './words.ts'

type App = ReturnType<typeof roomApp<AccessEnv>>
export type PlaceDeps = { database: Database; now(): Date; door: AccountDoor }

/** A truck that passes by belongs to a crew within this distance: a quarter of an hour in a city. */
const truckSeen_m = 10_000
/** A page of the week longer than this is no news any more. */
const weekRows = 200
/** The week is read again this often, however many ask. */
const week_ms = 60_000

const languageFor = (c: Context) => languageOf(c.req.query('lang'), c.req.header('accept-language'))

export function placeRoutes(deps: PlaceDeps): App {
  const app = roomApp<AccessEnv>()
  routePlace(app, deps)
  routeWeek(app, deps)
  return app
}

type Row = PlaceFacts & {
  transformer_id: string
  planned: PlannedHere[]
  manager_name: string | null
  manager_phone: string | null
  grid_name: string | null
}

async function readPlace({ database, now }: PlaceDeps, points: OwnPoint[]): Promise<PlaceView> {
  const at = now()
  const { point, status } = await statusOfOwn(database, points, at)
  const asked = { service_point_id: point.id, near_m: truckSeen_m, at }
  const facts = await database.one<Row>('customers/read_place', asked)
  const { manager_name: name, manager_phone: phone, grid_name: grid } = facts
  return {
    says: status.says,
    kind: status.kind,
    manager: name === null ? null : { name, phone, grid },
    why_neighbours: whyNeighbours(facts),
    why_truck: whyTruck(facts, at),
    ...plannedAt(facts.transformer_id, facts.planned),
  }
}

function routePlace(app: App, deps: PlaceDeps): void {
  const { database, now, door } = deps
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/customers/place',
      ...allow('public'),
      request: body(accountKey),
      responses: answers(placeView, 'what is so at this place and why'),
    }),
    async (c) =>
      c.json(await readPlace(deps, await door.open(database, c.req.valid('json'), c.get('address'), now())), 200),
  )
  app.get('/api/public/my-place', (c) => {
    const language = languageFor(c)
    return c.html(layOut({ title: words[language].myPlace, language, body: placeForm(language) }))
  })
  app.post('/api/public/my-place', async (c) => {
    c.header('cache-control', 'no-store')
    const language = languageFor(c)
    const say = words[language]
    const key = accountKey.safeParse(await c.req.parseBody())
    try {
      if (!key.success) throw new Refusal('not_found', { zh: '没有这个户号', en: 'no such account' })
      const place = await readPlace(deps, await door.open(database, key.data, c.get('address'), now()))
      const { timezone } = await database.one<{ timezone: string }>('notifications/read_setting')
      const clock = (instant: string) => clockIn(new Date(instant), timezone, now())[language]
      return c.html(
        layOut({
          title: say.myPlace,
          language,
          body: placeBody(place, clock, language) + reportHere(place, key.data.account_no, language),
        }),
      )
    } catch (reason) {
      if (!(reason instanceof Refusal)) throw reason
      const tooMany = reason.kind === 'too_many'
      const form = `<p role="alert">${escape(tooMany ? say.tooManyTries : say.noAccount)}</p>${placeForm(language)}`
      return c.html(layOut({ title: say.myPlace, language, body: form }), tooMany ? 429 : 404)
    }
  })
}

export function placeForm(language: Language, account = ''): string {
  const say = words[language]
  return `<form method="post" action="/api/public/my-place?lang=${language}">
<label for="account_no">${escape(say.accountNo)}</label><input id="account_no" name="account_no" required maxlength="64" autocomplete="off" value="${escape(account)}">
<label for="phone_last4">${escape(say.lastDigits)}</label><input id="phone_last4" name="phone_last4" required pattern="[0-9]{4}" inputmode="numeric" maxlength="4" autocomplete="off">
<button>${escape(say.look)}</button></form>`
}

function placeBody(place: PlaceView, clock: (instant: string) => string, language: Language): string {
  const say = words[language]
  const part = (title: string, text: string | null | undefined) =>
    text ? `<h2>${escape(title)}</h2><p>${escape(text)}</p>` : ''
  const { manager } = place
  const phone = manager?.phone ?? ''
  const call = phone ? ` · <a href="tel:${escape(phone.replace(/[^\d+]/g, ''))}">${escape(phone)}</a>` : ''
  const who = manager ? `<h2>${escape(say.manager)}</h2><p>${escape(manager.name)}${call}</p>` : ''
  return `<p role="status"><strong>${escape(place.says[language])}</strong></p>
${plannedLines(place.planned, place.calendar, language, clock)}
${part(say.whyNeighbours, place.why_neighbours?.[language])}${part(say.whyTruck, place.why_truck?.[language])}${who}`
}

/** Where we know of nothing, or believe supply to be back, one tap tells us that it is not: who asks has named the account. */
function reportHere({ kind }: PlaceView, account: string, language: Language): string {
  if (!['no_outage_known', 'restored_unverified', 'restored'].includes(kind)) return ''
  return `<form method="post" action="/api/public/report-form?lang=${language}">
<input type="hidden" name="account_no" value="${escape(account)}"><input type="hidden" name="symptom" value="no_power">
<button>${escape(words[language].reportHere)}</button></form>`
}

type Past = {
  district: string | null
  started_at: Date
  restored_at: Date
  customers_affected: number
  names: string[]
  customers: number
}

function routeWeek(app: App, { database, now }: PlaceDeps): void {
  let kept: { rows: Past[]; timezone: string; at: number } | null = null
  const read = async () => {
    const at = now()
    if (kept && Math.abs(at.getTime() - kept.at) < week_ms) return kept
    const rows = await database.replica.rows<Past>('customers/read_week', { at, limit: weekRows })
    const { timezone } = await database.replica.one<{ timezone: string }>('notifications/read_setting')
    kept = { rows, timezone, at: at.getTime() }
    return kept
  }
  app.get('/api/public/week', async (c) => {
    const language = languageFor(c)
    const say = words[language]
    const { rows, timezone } = await read()
    const item = (row: Past) => {
      const [from, to] = [row.started_at, row.restored_at].map((each) => clockIn(each, timezone, now())[language])
      const customers = publicCount(row.customers_affected)
      return `<li><strong>${escape(placeName(row))}</strong> <small>${escape(`${customers ?? say.fewer} ${say.customers}`)}</small><br>${escape(`${from} – ${to}`)}</li>`
    }
    const list = rows.length === 0 ? `<p>${escape(say.quietWeek)}</p>` : `<ul>${rows.map(item).join('\n')}</ul>`
    c.header('cache-control', 'public, max-age=60')
    return c.html(layOut({ title: say.week, language, body: list }))
  })
}
