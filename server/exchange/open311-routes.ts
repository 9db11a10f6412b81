// Open311 GeoReport v2 over HTTP. There is one jurisdiction, so jurisdiction_id is not looked at; no api_key is needed, as for
// our own public form. Errors are GeoReport's list of code and description.
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { open311, type AccessEnv } from '../access/index.ts'
import { Refusal, refusalHeaders, refusals } from '../contract/refusal.ts'
import { reportInput, symptom, type ReportAnswer, type ReportInput } from '../contract/reports.ts'
import type { PublicPages } from '../customers/index.ts'
import type { Database } from '../database/index.ts'
import type { ReportFlood } from '../reports/index.ts'
import { offsetTime } from './offset-time.ts'
import { attributes, geoReportXml, reportOf, requestOf, services, type RequestRow } from './open311.ts'

export type Open311Deps = {
  database: Database
  pages: PublicPages
  now(): Date
  flood: ReportFlood
  /** Takes a trouble call in: the reports room's own verb. */
  submit(input: ReportInput, actor: string): Promise<ReportAnswer>
}

const base = '/open311/v2'
/** GeoReport: a list covers at most 90 days and 1,000 requests. */
const longest_ms = 90 * 86_400_000
const mostRequests = 1000

type Format = 'json' | 'xml'
type Value = Parameters<typeof geoReportXml>[1]

function answer(c: Context, format: Format, root: string, value: Value, status: 200 | 201 = 200) {
  if (format === 'json') return c.json(value as object, status)
  return c.body(geoReportXml(root, value), status, { 'content-type': 'text/xml; charset=utf-8' })
}

const formatOf = (c: Context): Format => (c.req.path.endsWith('.xml') ? 'xml' : 'json')

/** `name.json` and `name.xml` on one handler. */
const both = (path: string) => [`${base}/${path}.json`, `${base}/${path}.xml`]

export function open311Routes(deps: Open311Deps) {
  const app = new OpenAPIHono<AccessEnv>()
  routeServices(app, deps)
  routeRequests(app, deps)
  app.onError((reason, c) => {
    const { status } = reason instanceof Refusal ? refusals[reason.kind] : { status: 500 as const }
    if (status === 500) console.error(`${c.req.path} failed:`, reason)
    const description = reason instanceof Refusal ? reason.message : 'Nothing was changed; the log has the reason'
    const response = answer(c, formatOf(c), 'errors', [{ code: String(status), description }])
    for (const [name, value] of Object.entries(refusalHeaders(reason))) response.headers.set(name, value)
    return new Response(response.body, { status, headers: response.headers })
  })
  return app
}

function routeServices(app: OpenAPIHono<AccessEnv>, { pages }: Open311Deps): void {
  app.on('GET', both('discovery'), async (c) => {
    const { ground } = await pages.state()
    const discovery = {
      changeset: offsetTime(new Date('2026-07-01T00:00:00+08:00'), ground.timezone),
      contact: ground.name || 'Relight',
      key_service: '',
      endpoints: [
        {
          specification: 'http://wiki.open311.org/GeoReport_v2',
          url: `${new URL(c.req.url).origin}${base}`,
          changeset: offsetTime(new Date('2026-07-01T00:00:00+08:00'), ground.timezone),
          type: 'production',
          formats: ['text/xml', 'application/json'],
        },
      ],
    }
    return answer(c, formatOf(c), 'discovery', discovery)
  })
  app.on('GET', both('services'), (c) => answer(c, formatOf(c), 'services', [...services]))
  app.get(`${base}/services/:file{.+\\.(json|xml)}`, (c) => {
    const service_code = c.req.param('file').replace(/\.\w+$/, '')
    if (!symptom.safeParse(service_code).success)
      throw new Refusal('not_found', `There is no service_code ${service_code}; ${base}/services.json lists them`)
    return answer(c, formatOf(c), 'service_definition', { service_code, attributes })
  })
}

function routeRequests(app: OpenAPIHono<AccessEnv>, deps: Open311Deps): void {
  const { database, pages, now, flood, submit } = deps
  app.on('POST', both('requests'), async (c) => {
    const input = inputOf(await fieldsOf(c))
    flood.count({ who: c.get('who'), address: c.get('address'), key: undefined }, input, now())
    const { id, verdict } = await submit(input, open311)
    const taken = {
      service_request_id: id,
      service_notice: `${verdict.says.zh} / ${verdict.says.en}`,
      account_id: null,
    }
    return answer(c, formatOf(c), 'service_requests', [taken], 201)
  })
  const find = async (values: Record<string, unknown>) => {
    const { ground } = await pages.state()
    const everything = {
      ids: null,
      symptoms: null,
      since: null,
      until: null,
      closed: null,
      offset: 0,
      limit: mostRequests,
      at: now(),
    }
    const rows = await database.replica.rows<RequestRow>('exchange/list_requests', { ...everything, ...values })
    return rows.map((row) => requestOf(row, ground.name || 'Relight', ground.timezone))
  }
  app.on('GET', both('requests'), async (c) =>
    answer(c, formatOf(c), 'service_requests', await find(wantedOf(c.req.query(), now()))),
  )
  app.get(`${base}/requests/:file{.+\\.(json|xml)}`, async (c) => {
    const id = c.req.param('file').replace(/\.\w+$/, '')
    const found = await find({ ids: [id] })
    if (found.length === 0) throw new Refusal('not_found', `There is no service_request_id ${id}`)
    return answer(c, formatOf(c), 'service_requests', found)
  })
  // A request has its number at once, so its token is its number.
  app.get(`${base}/tokens/:file{.+\\.(json|xml)}`, (c) => {
    const token = c.req.param('file').replace(/\.\w+$/, '')
    return answer(c, formatOf(c), 'service_requests', [{ service_request_id: token, token }])
  })
}

async function fieldsOf(c: Context): Promise<Record<string, string>> {
  const isJson = (c.req.header('content-type') ?? '').includes('json')
  const body: unknown = isJson ? await c.req.json().catch(() => ({})) : await c.req.parseBody()
  const all = { ...c.req.query(), ...(body as Record<string, unknown>) }
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
      .map(([name, value]) => [name, String(value)]),
  )
}

function inputOf(fields: Record<string, string>): ReportInput {
  const code = fields['service_code']
  if (code === undefined) throw new Refusal('invalid', 'service_code was not provided')
  if (!symptom.safeParse(code).success)
    throw new Refusal('not_found', `There is no service_code ${code}; ${base}/services.json lists them`)
  const input = reportInput.safeParse(reportOf(fields))
  if (input.success) return input.data
  const says = input.error.issues.map(({ path, message }) => (path.length ? `${path.join('.')}: ${message}` : message))
  throw new Refusal('invalid', `${says.join('; ')} (GeoReport: lat and long, address_string, or an attribute)`)
}

function wantedOf(query: Record<string, string>, now: Date): Record<string, unknown> {
  const list = (name: string) => query[name]?.split(',').map((each) => each.trim()) ?? null
  const ids = list('service_request_id')
  if (ids) return { ids: ids.slice(0, mostRequests) }
  const at = (name: string) => {
    const said = query[name]
    if (said !== undefined && Number.isNaN(Date.parse(said)))
      throw new Refusal('invalid', `${name}: a w3 date and time such as 2026-07-01T00:00:00+08:00`)
    return said === undefined ? null : new Date(said)
  }
  const until =
    at('end_date') ?? new Date(Math.min(now.getTime(), (at('start_date')?.getTime() ?? Infinity) + longest_ms))
  const earliest = until.getTime() - longest_ms
  const since = new Date(Math.max(at('start_date')?.getTime() ?? earliest, earliest))
  const states = list('status')
  const unknown = states?.find((state) => state !== 'open' && state !== 'closed')
  if (unknown !== undefined) throw new Refusal('invalid', `status: open or closed, not ${unknown}`)
  const closed = states && new Set(states).size === 1 ? states[0] === 'closed' : null
  const limit = whole(query['page_size'], mostRequests, 'page_size')
  return {
    since,
    until,
    symptoms: list('service_code'),
    closed,
    limit,
    offset: (whole(query['page'], 1, 'page') - 1) * limit,
  }
}

function whole(text: string | undefined, otherwise: number, name: string): number {
  const number = Number(text ?? otherwise)
  if (!Number.isInteger(number) || number < 1 || number > 100_000)
    throw new Refusal('invalid', `${name}: a whole number from 1`)
  return Math.min(number, name === 'page_size' ? mostRequests : number)
}
