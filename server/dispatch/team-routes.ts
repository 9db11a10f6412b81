// Hand-over, help and the switches of automatic dispatch over HTTP.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv, type Who } from '../access/index.ts'
import { assignmentView, handOverInput, helpInput, helpRequest } from '../contract/assignments.ts'
import { dispatchSettings, dispatchSettingsInput } from '../contract/clocks.ts'
import { answers, basedOn, body, creates, roomApp, versionOf } from '../contract/http.ts'
import { ownCrew } from '../crews/index.ts'
import { answerByWord, askHelp, listHelp } from './ask-help.ts'
import { putSettings, readSettings, undoSettings } from './settings.ts'
import type { DispatchDeps } from './candidates.ts'
import { handOver } from './hand-over.ts'
import { readAssignment } from './tell-assignment.ts'

const params = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) })
type RoomApp = ReturnType<typeof roomApp<AccessEnv>>

export function teamRoutes(deps: DispatchDeps) {
  const app = roomApp<AccessEnv>()
  handOverRoute(app, deps)
  helpRoutes(app, deps)
  settingRoutes(app, deps)
  return app
}

async function speakingFor(deps: DispatchDeps, who: Who, assignmentId: string): Promise<string> {
  if (who.role === 'crew') ownCrew(who, (await readAssignment(deps.database, assignmentId)).view.crew_id)
  return who.name
}

function handOverRoute(app: RoomApp, deps: DispatchDeps): void {
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/assignments/{id}/hand-over',
      ...allow('crew', 'dispatcher'),
      request: { params, ...body(handOverInput) },
      responses: creates(assignmentView, "the other crew's assignment, offered"),
    }),
    async (context) => {
      const { id } = context.req.valid('param')
      const actor = await speakingFor(deps, context.get('who'), id)
      return context.json(await handOver(deps, id, context.req.valid('json'), actor), 201)
    },
  )
}

function helpRoutes(app: RoomApp, deps: DispatchDeps): void {
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/assignments/{id}/help',
      ...allow('crew', 'dispatcher'),
      request: { params, ...body(helpInput) },
      responses: answers(assignmentView, 'asked; it stands in the queue of the desk'),
    }),
    async (context) => {
      const { id } = context.req.valid('param')
      const actor = await speakingFor(deps, context.get('who'), id)
      return context.json(await askHelp(deps, id, context.req.valid('json'), actor), 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/dispatch/help',
      ...allow('dispatcher', 'wall'),
      request: { query: z.object({ open: z.enum(['true', 'false']).default('true') }) },
      responses: answers(
        z.object({ items: z.array(helpRequest), next_cursor: z.null() }),
        'requests for help, oldest first',
      ),
    }),
    async (context) =>
      context.json(
        { items: await listHelp(deps.database, context.req.valid('query').open === 'true'), next_cursor: null },
        200,
      ),
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/dispatch/help/{id}/answer',
      ...allow('dispatcher'),
      request: { params },
      responses: answers(helpRequest, 'answered by word; a crew offered in support answers it too'),
    }),
    async (context) =>
      context.json(await answerByWord(deps, context.req.valid('param').id, context.get('who').name), 200),
  )
}

function settingRoutes(app: RoomApp, deps: DispatchDeps): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/dispatch/settings',
      ...allow('dispatcher', 'wall'),
      responses: answers(dispatchSettings, 'the switches of automatic dispatch and the limits of each stage'),
    }),
    async (context) => context.json(await readSettings(deps.database), 200),
  )
  app.openapi(
    createRoute({
      method: 'put',
      path: '/api/dispatch/settings',
      ...allow('dispatcher'),
      request: { headers: basedOn, ...body(dispatchSettingsInput) },
      responses: answers(dispatchSettings, 'as they are now; only what is named was changed'),
    }),
    async (context) => {
      const seen = versionOf(context.req.valid('header'))
      return context.json(await putSettings(deps, context.req.valid('json'), context.get('who').name, seen), 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/dispatch/settings/undo',
      ...allow('dispatcher'),
      request: body(
        z.object({ seq: z.number().int().openapi({ description: 'the change to take back: the last one' }) }),
      ),
      responses: answers(dispatchSettings, 'as they were before the last change'),
    }),
    async (context) =>
      context.json(await undoSettings(deps, context.req.valid('json').seq, context.get('who').name), 200),
  )
}
