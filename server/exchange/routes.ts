// Feeds in other people's formats, over what the public may see.
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Refusal } from '../contract/refusal.ts'
import type { PublicPages } from '../customers/index.ts'
import type { Database } from '../database/index.ts'
import { pubOutages, type ServedDistrict } from './cim.ts'
import { planCalendar, type PlannedRow } from './calendar.ts'
import { capAlert, capFeed, type Publisher } from './cap.ts'

export type ExchangeDeps = { database: Database; pages: PublicPages; now(): Date; exercise?: boolean }

const keep = 'public, max-age=30'

export function exchangeRoutes({ database, pages, now, exercise = false }: ExchangeDeps) {
  const app = new OpenAPIHono()
  const send = (c: Context, type: string, text: string) =>
    c.body(text, 200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': keep })

  app.get('/feeds/cap.atom', async (c) => {
    const { ground, summary } = await pages.state()
    return send(c, 'application/atom+xml', capFeed(summary.incidents, publisherOf(c, ground, exercise), now()))
  })
  app.get('/feeds/cap/:file{.+\\.xml}', async (c) => {
    const id = c.req.param('file').replace(/\.xml$/, '')
    const { ground, summary, features } = await pages.state()
    const incident = summary.incidents.find((each) => each.id === id)
    if (!incident) throw new Refusal('not_found', `There is no alert ${id} at this moment`)
    const shape = features.features.find((each) => each.id === id)?.geometry ?? null
    return send(c, 'application/cap+xml', capAlert(incident, shape, publisherOf(c, ground, exercise), now()))
  })
  app.get('/feeds/cim.xml', async (c) => {
    const { ground, summary } = await pages.state()
    const districts = await database.replica.rows<ServedDistrict>('exchange/read_served')
    return send(c, 'application/xml', pubOutages(summary.incidents, districts, ground.timezone))
  })
  app.get('/feeds/planned.ics', async (c) => {
    const transformer_id = c.req.query('transformer_id') ?? null
    const outage_id = c.req.query('outage_id') ?? null
    const asked = { transformer_id, outage_id, at: now() }
    const rows = await database.replica.rows<PlannedRow>('exchange/list_planned', asked)
    return send(c, 'text/calendar', planCalendar(rows, '计划停电 Planned work', now()))
  })
  return app
}

function publisherOf(c: Context, ground: { name: string; timezone: string }, exercise: boolean): Publisher {
  const name = ground.name || 'Relight'
  return {
    exercise,
    name: exercise ? `演练 EXERCISE · ${name}` : name,
    timezone: ground.timezone,
    origin: new URL(c.req.url).origin,
  }
}
