// Incidents over HTTP; thin: request, contract, verb, response.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { answers, basedOn, body, roomApp, versionOf } from '../contract/http.ts'
import {
  causeCode,
  causeInput,
  closeInput,
  confirmInput,
  estimateInput,
  incidentFilter,
  incidentSummary,
  incidentView,
  mergeInput,
  reasonInput,
  restoreInput,
  splitInput,
  undoInput,
  verifyInput,
} from '../contract/incidents.ts'
import { listOf } from '../contract/shapes.ts'
import { confirmIncident } from './confirm.ts'
import { cancelIncident, closeIncident, noteCause, noteEstimate } from './finish.ts'
import { mergeIncidents } from './merge.ts'
import { listCauseCodes, listIncidents, readIncident } from './reads.ts'
import { restoreIncident } from './restore.ts'
import { splitIncident } from './split.ts'
import { undoStep } from './undo.ts'
import { verifyIncident } from './verify.ts'
import type { IncidentDeps } from './with-incident.ts'

const params = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) })

/** POST /api/incidents/{id}/STEP for a dispatcher. */
const step = <Name extends string, Input extends z.ZodType>(name: Name, input: Input, description: string) =>
  createRoute({
    method: 'post',
    path: `/api/incidents/{id}/${name}` as const,
    ...allow('dispatcher'),
    request: { params, headers: basedOn, ...body(input) },
    responses: answers(incidentSummary, description),
  })

const instantOf = (text: string | undefined) => (text === undefined ? null : new Date(text))

export function incidentRoutes(deps: IncidentDeps) {
  const app = roomApp<AccessEnv>()
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/incidents',
      ...allow('dispatcher', 'crew', 'wall'),
      request: { query: incidentFilter },
      responses: answers(listOf(incidentSummary), 'incidents, newest first'),
    }),
    async (context) => context.json(await listIncidents(deps.database, context.req.valid('query')), 200),
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/incidents/{id}',
      ...allow('dispatcher', 'crew', 'wall'),
      request: { params },
      responses: answers(incidentView, 'one incident with its receipts'),
    }),
    async (context) => context.json(await readIncident(deps.database, context.req.valid('param').id, deps.now()), 200),
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/cause-codes',
      ...allow('dispatcher', 'crew', 'wall'),
      responses: answers(z.array(causeCode), "the utility's own causes, each in its category"),
    }),
    async (context) => context.json(await listCauseCodes(deps.database), 200),
  )
  endingRoutes(app, deps)
  shapingRoutes(app, deps)
  return app
}

type RoomApp = ReturnType<typeof roomApp<AccessEnv>>

/** The deps of one step, with the version that it was decided on. */
const seenBy = (deps: IncidentDeps, headers: z.infer<typeof basedOn>) => ({ ...deps, seen: versionOf(headers) })

function shapingRoutes(app: RoomApp, deps: IncidentDeps): void {
  app.openapi(step('confirm', confirmInput, 'confirmed'), async (context) => {
    const { equipment_id } = context.req.valid('json')
    return context.json(
      await confirmIncident(
        seenBy(deps, context.req.valid('header')),
        context.req.valid('param').id,
        equipment_id ?? null,
        context.get('who').name,
      ),
      200,
    )
  })
  app.openapi(step('merge', mergeInput, 'the incident that took the others in'), async (context) => {
    const { incident_ids } = context.req.valid('json')
    return context.json(
      await mergeIncidents(
        seenBy(deps, context.req.valid('header')),
        context.req.valid('param').id,
        incident_ids,
        context.get('who').name,
      ),
      200,
    )
  })
  app.openapi(step('split', splitInput, 'the incident that was split off'), async (context) => {
    const { equipment_id, transformer_ids } = context.req.valid('json')
    const { id } = context.req.valid('param')
    return context.json(
      await splitIncident(
        seenBy(deps, context.req.valid('header')),
        id,
        equipment_id,
        transformer_ids ?? null,
        context.get('who').name,
      ),
      200,
    )
  })
  app.openapi(step('undo', undoInput, 'as before the last step'), async (context) =>
    context.json(
      await undoStep(seenBy(deps, context.req.valid('header')), context.req.valid('param').id, context.get('who').name),
      200,
    ),
  )
  app.openapi(step('estimate', estimateInput, 'with the estimate noted'), async (context) => {
    const { at, low, high, source } = context.req.valid('json')
    const estimating = { at: new Date(at), low: instantOf(low), high: instantOf(high), source }
    return context.json(
      await noteEstimate(
        seenBy(deps, context.req.valid('header')),
        context.req.valid('param').id,
        estimating,
        context.get('who').name,
      ),
      200,
    )
  })
}

function endingRoutes(app: RoomApp, deps: IncidentDeps): void {
  app.openapi(step('restore', restoreInput, 'restored, or partly'), async (context) => {
    const { at, ...ground } = context.req.valid('json')
    const restoring = { ...ground, ...(at === undefined ? {} : { at: new Date(at) }) }
    return context.json(
      await restoreIncident(
        seenBy(deps, context.req.valid('header')),
        context.req.valid('param').id,
        restoring,
        context.get('who').name,
      ),
      200,
    )
  })
  app.openapi(step('cause', causeInput, 'with the cause noted'), async (context) => {
    const { cause, code, note } = context.req.valid('json')
    const finding = { cause: cause ?? null, code: code ?? null, note: note ?? null }
    return context.json(
      await noteCause(
        seenBy(deps, context.req.valid('header')),
        context.req.valid('param').id,
        finding,
        context.get('who').name,
      ),
      200,
    )
  })
  app.openapi(step('cancel', reasonInput, 'cancelled'), async (context) => {
    const { reason } = context.req.valid('json')
    return context.json(
      await cancelIncident(
        seenBy(deps, context.req.valid('header')),
        context.req.valid('param').id,
        reason,
        context.get('who').name,
      ),
      200,
    )
  })
  app.openapi(step('verify', verifyInput, 'verified: everybody has supply again'), async (context) =>
    context.json(
      await verifyIncident(
        seenBy(deps, context.req.valid('header')),
        context.req.valid('param').id,
        'dispatcher',
        context.get('who').name,
      ),
      200,
    ),
  )
  app.openapi(step('close', closeInput, 'closed'), async (context) => {
    const { note = null, verified = false } = context.req.valid('json')
    return context.json(
      await closeIncident(
        seenBy(deps, context.req.valid('header')),
        context.req.valid('param').id,
        { note, verified },
        context.get('who').name,
      ),
      200,
    )
  })
}
