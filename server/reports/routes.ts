// Trouble calls over HTTP.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { answers, body, creates, roomApp } from '../contract/http.ts'
import { placeInput, reportAnswer, reportFilter, reportInput, reportView, setAsideInput } from '../contract/reports.ts'
import { listOf } from '../contract/shapes.ts'
import { placeReport } from './place.ts'
import type { ReportFlood } from './flood.ts'
import { listReports, readReport } from './reads.ts'
import { setReportAside } from './set-aside.ts'
import { submitReport, type ReportDeps } from './submit.ts'

const params = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) })

export function reportRoutes(deps: ReportDeps & { flood: ReportFlood }) {
  const app = roomApp<AccessEnv>()
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/reports',
      ...allow('public'),
      request: body(reportInput),
      responses: creates(reportAnswer, 'taken, located and judged'),
    }),
    async (context) => {
      const input = context.req.valid('json')
      const [who, address] = [context.get('who'), context.get('address')]
      deps.flood.count({ who, address, key: context.req.header('idempotency-key') }, input, deps.now())
      return context.json(await submitReport(deps, input, who.name), 201)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/reports',
      ...allow('dispatcher'),
      request: { query: reportFilter },
      responses: answers(listOf(reportView), 'reports, newest first'),
    }),
    async (context) => context.json(await listReports(deps.database, context.req.valid('query')), 200),
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/reports/{id}',
      ...allow('dispatcher'),
      request: { params },
      responses: answers(reportView, 'one report'),
    }),
    async (context) => context.json(await readReport(deps.database, context.req.valid('param').id), 200),
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/reports/{id}/place',
      ...allow('dispatcher'),
      request: { params, ...body(placeInput) },
      responses: answers(reportView, 'placed by hand and judged'),
    }),
    async (context) =>
      context.json(
        await placeReport(deps, context.req.valid('param').id, context.req.valid('json'), context.get('who').name),
        200,
      ),
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/reports/{id}/set-aside',
      ...allow('dispatcher'),
      request: { params, ...body(setAsideInput) },
      responses: answers(reportView, 'kept, and worked on no more until somebody says where it was'),
    }),
    async (context) => {
      const { id } = context.req.valid('param')
      return context.json(
        await setReportAside(deps.database, id, context.req.valid('json'), context.get('who').name),
        200,
      )
    },
  )
  return app
}
