// The whole service as one Hono app: middleware, each room's routes, one error handler. It never listens, so tests call it.
import { createHash } from 'node:crypto'
import { OpenAPIHono } from '@hono/zod-openapi'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { accessRoutes, addressed, anybody, authenticate, type AccessEnv, type TrustedProxies } from './access/index.ts'
import { askedLanguage } from './contract/asked-language.ts'
import { Refusal, refusalHeaders, refusals } from './contract/refusal.ts'
import type { Language, Problem } from './contract/shapes.ts'
import { crewRoutes } from './crews/index.ts'
import { customerRoutes, isLostVisit, lostPage, type PublicPages } from './customers/index.ts'
import { createId, doingOnce, type Database } from './database/index.ts'
import { dispatchRoutes, reroute } from './dispatch/index.ts'
import { estimateRoutes } from './estimates/index.ts'
import { exerciseMark } from './exercise-mark.ts'
import { exchangeRoutes, ogcRoutes, open311Routes, positionRoutes } from './exchange/index.ts'
import { historyRoutes } from './history/index.ts'
import {
  deadLinesRoutes,
  incidentRoutes,
  learningRoutes,
  signalRoutes,
  type Estimator,
  type GridHolder,
} from './incidents/index.ts'
import { liveRoutes, pastRoutes, type Hub, type Tail } from './live/index.ts'
import { baseMapRoutes, lookupRoutes, tileRoutes, type BaseMap } from './network/index.ts'
import { notificationRoutes } from './notifications/index.ts'
import { plannedRoutes } from './planned-outages/index.ts'
import { reliabilityRoutes } from './reliability/index.ts'
import { placeByCaller, ReportFlood, reportRoutes, submitReport } from './reports/index.ts'
import { receiveRequest, requestRoutes } from './requests/index.ts'
import { roadRoutes, type KeptRoads, type Roads } from './roads/index.ts'
import { searchRoutes } from './search/index.ts'
import { screenRoutes } from './screens.ts'

/** The largest body taken: 10,000 meter events are about a megabyte. */
const body_bytes = 8_000_000
const writes = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

export type AppDeps = {
  /** The utility's own map beneath ours. */
  baseMap?: BaseMap | null
  database: Database
  grid: GridHolder
  estimator: Estimator
  roads: Roads
  keptRoads: KeptRoads
  hub: Hub
  tail: Tail
  pages: PublicPages
  adminToken: string | null
  /** The reverse proxies whose X-Forwarded-For is believed; none by default. */
  trustedProxies?: TrustedProxies
  /** Changes with every build, so that a screen left open notices a new one. */
  build: string
  /** True on an exercise's database: nothing is real, and everything says so. */
  exercise?: boolean
  now(): Date
  /** People are signed in by the wall's time, also where the service lives in a storm's. */
  signInClock?(): Date
  /** One structured line a request. */
  log(line: Record<string, unknown>): void
}

/** Builds the app over `deps`. */
export function createApp(deps: AppDeps): OpenAPIHono<AccessEnv> {
  const app = new OpenAPIHono<AccessEnv>()
  const flood = new ReportFlood()
  app.use(logged(deps))
  app.use(addressed(deps.trustedProxies ?? null))
  if (deps.exercise) app.use(exerciseMark)
  const authenticated = authenticate(deps.database, deps.adminToken, deps.signInClock ?? deps.now)
  app.use('/api/*', authenticated)
  app.use('/open311/*', authenticated)
  app.use('/api/*', once)
  app.route('/', accessRoutes({ ...deps, now: deps.signInClock ?? deps.now }))
  app.route('/', liveRoutes(deps))
  app.route('/', pastRoutes(deps))
  app.route('/', baseMapRoutes(deps.baseMap ?? null))
  app.route('/', tileRoutes(deps))
  app.route('/', lookupRoutes(deps))
  app.route('/', roadRoutes({ ...deps, onChange: rerouting(deps) }))
  app.route('/', estimateRoutes(deps))
  app.route('/', incidentRoutes(deps))
  app.route('/', signalRoutes(deps))
  app.route('/', learningRoutes(deps))
  app.route('/', deadLinesRoutes(deps))
  app.route('/', reportRoutes({ ...deps, flood }))
  app.route('/', crewRoutes(deps))
  app.route('/', dispatchRoutes(deps))
  app.route('/', notificationRoutes(deps))
  app.route(
    '/',
    customerRoutes({
      ...deps,
      flood,
      submit: (input, actor, known) => submitReport(deps, input, actor, known),
      keepWords: (input, actor) => receiveRequest(deps, input, actor),
      place: (token, place) => placeByCaller(deps, token, place, anybody.name),
    }),
  )
  app.route('/', plannedRoutes(deps))
  app.route('/', requestRoutes(deps))
  app.route('/', reliabilityRoutes(deps))
  app.route('/', historyRoutes(deps))
  app.route('/', searchRoutes(deps))
  app.route('/', exchangeRoutes(deps))
  app.route('/', positionRoutes(deps))
  app.route('/', open311Routes({ ...deps, flood, submit: (input, actor) => submitReport(deps, input, actor) }))
  app.route('/', ogcRoutes(deps))
  healthRoutes(app, deps)
  describe(app)
  app.route('/', screenRoutes(deps.build))
  app.notFound((context) => {
    if (isLostVisit(context)) return context.html(lostPage(context), 404)
    throw new Refusal('not_found', {
      zh: `没有 ${context.req.method} ${context.req.path}`,
      en: `There is no ${context.req.method} ${context.req.path}`,
    })
  })
  app.onError((reason, context) => {
    // A program that names no language reads English; a screen always names its own.
    const answer = problemOf(reason, askedLanguage(context.req.header('accept-language')) ?? 'en')
    if (answer.status >= 500) console.error(`request ${context.get('requestId')} failed:`, reason)
    return context.body(JSON.stringify(answer), answer.status as 500, {
      'content-type': 'application/problem+json',
      ...refusalHeaders(reason),
    })
  })
  return app
}

/** Ways are given again after the answer: in a storm that is a hundred routes, and nobody should wait for them to close a bridge. */
const rerouting = (deps: AppDeps) => (actor: string) => {
  reroute(deps, actor).catch((reason: Error) => console.error('ways not given again:', reason.message))
}

/** PostgreSQL's code for a disk with no room left. */
const diskFull = '53100'

/** Every error as a problem document; what is not a refusal says no more than its number in the log. */
export function problemOf(reason: Error, language: Language = 'en'): Problem {
  if (reason instanceof Refusal) {
    const { status, title } = refusals[reason.kind]
    const { errors, changes } = reason
    const more = { ...(errors ? { errors } : {}), ...(changes ? { changes } : {}) }
    return { type: `urn:relight:${reason.kind}`, title, status, detail: reason.detailIn(language), ...more }
  }
  if (reason instanceof HTTPException && reason.status < 500)
    return {
      type: 'urn:relight:invalid',
      title: refusals.invalid.title,
      status: reason.status,
      detail: reason.message || 'The body is not JSON',
    }
  const code = (reason as { code?: string }).code ?? ''
  if (code === diskFull)
    return {
      type: 'urn:relight:unavailable',
      title: refusals.unavailable.title,
      status: 503,
      detail: {
        zh: '数据库磁盘已满，没有执行。请先腾出空间，再提交一次',
        en: 'The database’s disk is full; nothing was changed. Free some room, then send it again',
      }[language],
    }
  if (/^(57P|08|53|ECONN|EPIPE|ENOTFOUND)/.test(code) || /timeout exceeded|Connection terminated/.test(reason.message))
    return {
      type: 'urn:relight:unavailable',
      title: refusals.unavailable.title,
      status: 503,
      detail: {
        zh: '数据库没有应答，没有执行。请稍后再试',
        en: 'The database does not answer; nothing was changed. Try again shortly',
      }[language],
    }
  return {
    type: 'about:blank',
    title: 'Something broke',
    status: 500,
    detail: { zh: '没有执行；原因见服务器日志', en: 'Nothing was changed; the log has the reason' }[language],
  }
}

function logged(deps: AppDeps) {
  return createMiddleware<AccessEnv>(async (context, next) => {
    const begun = performance.now()
    const id = createId('req')
    context.set('requestId', id)
    context.header('x-request-id', id)
    const length = Number(context.req.header('content-length') ?? 0)
    if (length > body_bytes)
      throw new Refusal('too_large', {
        zh: `一次最多提交 ${body_bytes} 字节，这次有 ${length} 字节：请分几次提交`,
        en: `A body may have ${body_bytes} bytes; this one has ${length}: send it in parts`,
      })
    await next()
    deps.log({
      id,
      verb: `${context.req.method} ${context.req.path.replace(/\d{6,}/g, '…')}`,
      ms: Math.round(performance.now() - begun),
      status: context.res.status,
    })
  })
}

/** Under an Idempotency-Key a write is done once. */
const once = createMiddleware<AccessEnv>(async (context, next) => {
  const key = context.req.header('idempotency-key')
  if (key === undefined || !writes.has(context.req.method)) return next()
  if (key.length > 200) throw new Refusal('invalid', 'An Idempotency-Key may have 200 characters')
  const { role, name } = context.get('who')
  const bodyHash = createHash('sha256')
    .update(new Uint8Array(await context.req.arrayBuffer()))
    .digest('hex')
  const route = `${context.req.method} ${context.req.path}`
  return doingOnce({ key, caller: `${role}:${name}`, route, bodyHash }, () => next())
})

function healthRoutes(app: OpenAPIHono<AccessEnv>, deps: AppDeps): void {
  app.get('/healthz', (context) => context.text('ok\n'))
  app.get('/readyz', async (context) => {
    await deps.database.pool.query('select 1')
    return context.text(deps.exercise ? 'ready exercise\n' : 'ready\n')
  })
  app.get('/metrics', (context) =>
    context.text(
      [
        '# TYPE relight_live_listeners gauge',
        `relight_live_listeners ${deps.hub.size}`,
        '# TYPE relight_live_dropped_total counter',
        `relight_live_dropped_total ${deps.hub.dropped}`,
        '# TYPE relight_event_log_seq counter',
        `relight_event_log_seq ${deps.tail.seq}`,
        '# TYPE process_resident_memory_bytes gauge',
        `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
        '',
      ].join('\n'),
    ),
  )
}

function describe(app: OpenAPIHono<AccessEnv>): void {
  const plain = (path: string, description: string) =>
    app.openAPIRegistry.registerPath({
      method: 'get',
      path,
      'x-roles': ['public'],
      responses: { 200: { description, content: { 'text/plain': { schema: { type: 'string' } } } } },
    })
  plain('/healthz', 'alive')
  plain('/readyz', 'ready to serve: the database answers')
  plain('/metrics', 'Prometheus text')
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Relight', version: '0.1.0', description: 'Outage and repair-dispatch map service' },
  })
}
