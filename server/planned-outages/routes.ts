// Planned outages over HTTP; thin: request, contract, verb, response.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { answers, basedOn, body, creates, optionalBody, roomApp, versionOf } from '../contract/http.ts'
import {
  announceInput,
  cancelInput,
  endInput,
  extendInput,
  joinInput,
  joinPage,
  plannedFilter,
  plannedPage,
  plannedSummary,
  plannedView,
  previewAnswer,
  previewInput,
  publicPlannedFilter,
  publicPlannedPage,
  startInput,
} from '../contract/planned-outages.ts'
import { announcePlanned, previewPlanned } from './announce.ts'
import { joinPlanned } from './join.ts'
import { PublicPlans } from './public-plans.ts'
import { listJoins, listPlanned, readPlanned } from './reads.ts'
import { cancelPlanned, endPlanned, extendPlanned, startPlanned } from './steps.ts'
import type { PlannedDeps } from './stepping.ts'

const params = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) })
const staff = allow('dispatcher', 'wall')
const dispatcher = allow('dispatcher')

type App = ReturnType<typeof roomApp<AccessEnv>>

export function plannedRoutes(deps: PlannedDeps) {
  const app = roomApp<AccessEnv>()
  routeReads(app, deps)
  routePlanning(app, deps)
  routeSteps(app, deps)
  routePublic(app, deps)
  return app
}

function routeReads(app: App, { database, grid, now }: PlannedDeps): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/planned-outages',
      ...staff,
      request: { query: plannedFilter },
      responses: answers(plannedPage, 'planned outages, the soonest first'),
    }),
    async (context) => context.json(await listPlanned(database, context.req.valid('query'), now()), 200),
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/planned-outages/joins',
      ...dispatcher,
      responses: answers(joinPage, 'which are better done at once, most customer-hours spared first'),
    }),
    async (context) => context.json({ items: await listJoins(database, now()) }, 200),
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/planned-outages/{id}',
      ...staff,
      request: { params },
      responses: answers(
        plannedView,
        'one planned outage with its ground, impact, notice and what it could be joined with',
      ),
    }),
    async (context) =>
      context.json(await readPlanned(database, context.req.valid('param').id, grid.current.timezone, now()), 200),
  )
}

function routePlanning(app: App, deps: PlannedDeps): void {
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/planned-outages/preview',
      ...dispatcher,
      request: body(previewInput),
      responses: answers(
        previewAnswer,
        'whom it would leave without supply, and what it could be joined with; nothing is kept',
      ),
    }),
    async (context) => context.json(await previewPlanned(deps, context.req.valid('json')), 200),
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/planned-outages',
      ...dispatcher,
      request: body(announceInput),
      responses: creates(plannedSummary, 'announced'),
    }),
    async (context) =>
      context.json(await announcePlanned(deps, context.req.valid('json'), context.get('who').name), 201),
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/planned-outages/joins',
      ...dispatcher,
      request: body(joinInput),
      responses: creates(plannedSummary, 'the one that took the places of both'),
    }),
    async (context) => context.json(await joinPlanned(deps, context.req.valid('json'), context.get('who').name), 201),
  )
}

/** The deps of one step, with the version that it was decided on. */
const seenBy = (deps: PlannedDeps, headers: z.infer<typeof basedOn>) => ({ ...deps, seen: versionOf(headers) })

function routeSteps(app: App, deps: PlannedDeps): void {
  const step = <Name extends string, Input extends z.ZodType>(name: Name, input: Input, description: string) =>
    createRoute({
      method: 'post',
      path: `/api/planned-outages/{id}/${name}` as const,
      ...dispatcher,
      request: { params, headers: basedOn, ...body(input) },
      responses: answers(plannedSummary, description),
    })
  app.openapi(
    createRoute({
      ...step('start', startInput, 'supply is off'),
      request: { params, headers: basedOn, ...optionalBody(startInput) },
    }),
    async (context) => {
      const { at } = context.req.valid('json') ?? {}
      const { id } = context.req.valid('param')
      return context.json(
        await startPlanned(
          seenBy(deps, context.req.valid('header')),
          id,
          at ? new Date(at) : null,
          context.get('who').name,
        ),
        200,
      )
    },
  )
  app.openapi(step('extend', extendInput, 'with its later end'), async (context) =>
    context.json(
      await extendPlanned(
        seenBy(deps, context.req.valid('header')),
        context.req.valid('param').id,
        context.req.valid('json'),
        context.get('who').name,
      ),
      200,
    ),
  )
  app.openapi(step('end', endInput, 'supply is back, in part or all of it'), async (context) =>
    context.json(
      await endPlanned(
        seenBy(deps, context.req.valid('header')),
        context.req.valid('param').id,
        context.req.valid('json'),
        context.get('who').name,
      ),
      200,
    ),
  )
  app.openapi(step('cancel', cancelInput, 'it will not be'), async (context) =>
    context.json(
      await cancelPlanned(
        seenBy(deps, context.req.valid('header')),
        context.req.valid('param').id,
        context.req.valid('json').reason,
        context.get('who').name,
      ),
      200,
    ),
  )
}

function routePublic(app: App, deps: PlannedDeps): void {
  const plans = new PublicPlans(deps)
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/public/planned',
      ...allow('public'),
      request: { query: publicPlannedFilter },
      responses: answers(publicPlannedPage, 'planned work of the next weeks, the soonest or the nearest first'),
    }),
    async (context) => {
      context.header('cache-control', 'public, max-age=60')
      return context.json(await plans.list(context.req.valid('query')), 200)
    },
  )
}
