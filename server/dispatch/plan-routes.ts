// Storm plans over HTTP.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { assignmentView } from '../contract/assignments.ts'
import { answers, body, creates, optionalBody, roomApp } from '../contract/http.ts'
import { applyInput, planInput, planView, standingPlan, standingPlanInput } from '../contract/plans.ts'
import { applyPlan } from './apply-plan.ts'
import type { DispatchDeps } from './candidates.ts'
import { makePlan, planViewOf, readPlan } from './make-plan.ts'
import { readStandingPlan, switchStandingPlan } from './standing-plan.ts'

const params = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) })

export function planRoutes(deps: DispatchDeps) {
  const app = roomApp<AccessEnv>()
  standingPlanRoutes(app, deps)
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/dispatch/plans',
      ...allow('dispatcher'),
      request: optionalBody(planInput),
      responses: creates(planView, 'a plan; nothing is dispatched by it'),
    }),
    async (context) => context.json(await makePlan(deps, context.req.valid('json'), context.get('who').name), 201),
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/dispatch/plans/{id}',
      ...allow('dispatcher', 'wall'),
      request: { params },
      responses: answers(planView, 'the plan as it was made, and what has changed since'),
    }),
    async (context) =>
      context.json(planViewOf(await readPlan(deps.database, context.req.valid('param').id, deps.now())), 200),
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/dispatch/plans/{id}/apply',
      ...allow('dispatcher'),
      request: { params, ...optionalBody(applyInput) },
      responses: answers(
        z.object({ plan: planView, offered: z.array(assignmentView) }),
        'the first stops are offered; 409 where the plan is stale',
      ),
    }),
    async (context) =>
      context.json(
        await applyPlan(
          deps,
          context.req.valid('param').id,
          context.req.valid('json').crew_ids,
          context.get('who').name,
        ),
        200,
      ),
  )
  return app
}

function standingPlanRoutes(app: ReturnType<typeof roomApp<AccessEnv>>, deps: DispatchDeps): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/dispatch/standing-plan',
      ...allow('dispatcher', 'wall'),
      responses: answers(standingPlan, 'whether a plan is kept in force, and the newest one'),
    }),
    async (context) => context.json(await readStandingPlan(deps), 200),
  )
  app.openapi(
    createRoute({
      method: 'put',
      path: '/api/dispatch/standing-plan',
      ...allow('dispatcher'),
      request: body(standingPlanInput),
      responses: answers(
        standingPlan,
        'made again at every event from now on, or no more; it offers nothing by itself',
      ),
    }),
    async (context) =>
      context.json(await switchStandingPlan(deps, context.req.valid('json').is_on, context.get('who').name), 200),
  )
}
