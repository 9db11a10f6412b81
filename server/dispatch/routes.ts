// Candidates and assignments over HTTP.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv, type Who } from '../access/index.ts'
import {
  assignInput,
  assignmentDetail,
  assignmentView,
  caller,
  candidate,
  crewWork,
  finishInput,
  refuseInput,
  stepInput,
  type AssignmentDetail,
  type AssignmentView,
  type LineString,
} from '../contract/assignments.ts'
import { answers, body, creates, roomApp } from '../contract/http.ts'
import { Refusal } from '../contract/refusal.ts'
import { listOf, page } from '../contract/shapes.ts'
import { ownCrew } from '../crews/index.ts'
import { offerAssignment } from './assign.ts'
import { listCallers } from './callers.ts'
import { findCandidates, type DispatchDeps } from './candidates.ts'
import { photographRoutes } from './photograph-routes.ts'
import { planRoutes } from './plan-routes.ts'
import { stepAssignment, type Stepping } from './step.ts'
import { clockRoutes } from './clock-routes.ts'
import { teamRoutes } from './team-routes.ts'
import { readAssignment } from './tell-assignment.ts'

const params = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) })
const flag = z.enum(['true', 'false']).default('false')
type Row = { view: AssignmentView; route: LineString | null }

export function dispatchRoutes(deps: DispatchDeps) {
  const app = roomApp<AccessEnv>()
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/incidents/{id}/candidates',
      ...allow('dispatcher', 'wall'),
      request: {
        params,
        query: z.object({
          limit: z.coerce.number().int().min(1).max(200).default(10).openapi({ type: 'integer' }),
          route: flag,
        }),
      },
      responses: answers(z.object({ items: z.array(candidate), next_cursor: z.null() }), 'crews for it, best first'),
    }),
    async (context) => {
      const { limit, route } = context.req.valid('query')
      const found = await findCandidates(deps, deps.database, context.req.valid('param').id, {
        limit,
        routes: route === 'true',
      })
      return context.json({ items: found.candidates, next_cursor: null }, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/incidents/{id}/assignments',
      ...allow('dispatcher'),
      request: { params, ...body(assignInput) },
      responses: creates(assignmentView, 'offered'),
    }),
    async (context) =>
      context.json(
        await offerAssignment(
          deps,
          context.req.valid('param').id,
          { ...context.req.valid('json'), by_person: true },
          context.get('who').name,
        ),
        201,
      ),
  )
  readingRoutes(app, deps)
  stepRoutes(app, deps)
  app.route('/', planRoutes(deps))
  app.route('/', clockRoutes(deps))
  app.route('/', teamRoutes(deps))
  app.route('/', photographRoutes(deps))
  return app
}

type RoomApp = ReturnType<typeof roomApp<AccessEnv>>

/** Where a page of assignments left off. */
function placeOf(cursor: string | undefined): { before: string | null; before_id: string | null } {
  if (cursor === undefined) return { before: null, before_id: null }
  const [before = '', before_id = ''] = cursor.split('~')
  if (Number.isNaN(Date.parse(before)))
    throw new Refusal('invalid', 'cursor: take it from next_cursor of the page before', [
      { path: 'cursor', message: 'unknown' },
    ])
  return { before, before_id }
}

function readingRoutes(app: RoomApp, deps: DispatchDeps): void {
  const list = async (values: Record<string, unknown>): Promise<AssignmentDetail[]> => {
    const rows = await deps.database.rows<Row>('dispatch/list_assignments', {
      crew_id: null,
      incident_id: null,
      active: false,
      before: null,
      before_id: null,
      limit: 100,
      ...values,
    })
    return rows.map((row) => ({ ...row.view, route: row.route }))
  }
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/assignments',
      ...allow('dispatcher', 'crew', 'wall'),
      request: {
        query: page.extend({ crew_id: z.string().optional(), incident_id: z.string().optional(), active: flag }),
      },
      responses: answers(listOf(assignmentDetail), 'assignments, newest first'),
    }),
    async (context) => {
      const who = context.get('who')
      const { crew_id, incident_id, active, limit, cursor } = context.req.valid('query')
      const own = who.role === 'crew' ? who.crewId : (crew_id ?? null)
      const items = await list({
        crew_id: own,
        incident_id: incident_id ?? null,
        active: active === 'true',
        limit,
        ...placeOf(cursor),
      })
      const last = items.length === limit ? items.at(-1) : undefined
      return context.json(
        { items, next_cursor: last ? `${new Date(last.offered_at).toISOString()}~${last.id}` : null },
        200,
      )
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/assignments/mine',
      ...allow('crew'),
      responses: answers(crewWork, 'what the crew is on, or has been offered'),
    }),
    async (context) => {
      const [assignment] = await list({ crew_id: context.get('who').crewId ?? '', active: true })
      const callers = assignment ? await listCallers(deps.database, assignment.incident_id) : []
      return context.json({ assignment: assignment ?? null, callers, timezone: deps.grid.current.timezone }, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/incidents/{id}/callers',
      ...allow('dispatcher'),
      request: { params },
      responses: answers(z.object({ items: z.array(caller) }), 'who reported it and where they can be reached'),
    }),
    async (context) => context.json({ items: await listCallers(deps.database, context.req.valid('param').id) }, 200),
  )
}

function stepRoutes(app: RoomApp, deps: DispatchDeps): void {
  const take = async (who: Who, id: string, stepping: Stepping) => {
    if (who.role === 'crew') ownCrew(who, (await readAssignment(deps.database, id)).view.crew_id)
    return stepAssignment(deps, id, stepping, who.name)
  }
  const instant = (at: string | undefined) => (at === undefined ? null : new Date(at))
  for (const step of ['accept', 'depart', 'arrive'] as const)
    app.openapi(
      createRoute({
        method: 'post',
        path: `/api/assignments/{id}/${step}`,
        ...allow('crew', 'dispatcher'),
        request: { params, ...body(stepInput) },
        responses: answers(assignmentView, step),
      }),
      async (context) =>
        context.json(
          await take(context.get('who'), context.req.valid('param').id, {
            step,
            at: instant(context.req.valid('json').at),
          }),
          200,
        ),
    )
  for (const step of ['decline', 'withdraw'] as const)
    app.openapi(
      createRoute({
        method: 'post',
        path: `/api/assignments/{id}/${step}`,
        ...(step === 'decline' ? allow('crew', 'dispatcher') : allow('dispatcher')),
        request: { params, ...body(refuseInput) },
        responses: answers(assignmentView, step),
      }),
      async (context) => {
        const { reason, at } = context.req.valid('json')
        return context.json(
          await take(context.get('who'), context.req.valid('param').id, { step, reason, at: instant(at) }),
          200,
        )
      },
    )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/assignments/{id}/finish',
      ...allow('crew', 'dispatcher'),
      request: { params, ...body(finishInput) },
      responses: answers(assignmentView, 'finish'),
    }),
    async (context) => {
      const { at, findings } = context.req.valid('json')
      return context.json(
        await take(context.get('who'), context.req.valid('param').id, {
          step: 'finish',
          at: instant(at),
          findings: findings ?? null,
        }),
        200,
      )
    },
  )
}
