// Meters and switches over HTTP.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { answers, body, roomApp } from '../contract/http.ts'
import { meterCounts, meterEvent, telemetryAnswer, telemetryInput, type MeterEvent } from '../contract/incidents.ts'
import { Refusal, type FieldError } from '../contract/refusal.ts'
import { hearMeters } from './hear-meters.ts'
import { hearTelemetry } from './hear-telemetry.ts'
import type { IncidentDeps } from './with-incident.ts'

/** One call is one transaction; past this it would hold its locks too long. */
const eventsPerCall = 10_000
/** Wrong lines named in a refusal; the first few tell what is wrong with the rest. */
const errorsShown = 20

/** A JSON array, or NDJSON with one event a line; throws Refusal naming each line that cannot be used. */
export function parseMeterEvents(text: string): MeterEvent[] {
  const parts = text.trimStart().startsWith('[')
    ? parseArray(text)
    : text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(parseLine)
  if (parts.length > eventsPerCall)
    throw new Refusal('too_large', `${parts.length} events in one call: send at most ${eventsPerCall}`)
  const errors: FieldError[] = []
  const events = parts.flatMap((part, index) => {
    const parsed = meterEvent.safeParse(part)
    if (parsed.success) return [parsed.data]
    for (const issue of parsed.error.issues)
      errors.push({ path: `${index}.${issue.path.join('.')}`, message: issue.message })
    return []
  })
  if (errors.length > 0)
    throw new Refusal(
      'invalid',
      `${errors.length} values cannot be used; nothing was taken in`,
      errors.slice(0, errorsShown),
    )
  return events
}

function parseArray(text: string): unknown[] {
  try {
    return JSON.parse(text) as unknown[]
  } catch {
    throw new Refusal('invalid', 'The body is neither a JSON array nor NDJSON')
  }
}

function parseLine(line: string, index: number): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new Refusal('invalid', `Line ${index + 1} is no JSON`, [
      { path: String(index), message: 'one JSON object a line' },
    ])
  }
}

export function signalRoutes(deps: IncidentDeps) {
  const app = roomApp<AccessEnv>()
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/meter-events',
      ...allow('dispatcher'),
      request: {
        // Not `required`: that would hold NDJSON to the schema of the JSON array.
        body: {
          content: {
            'application/json': { schema: z.array(meterEvent) },
            'application/x-ndjson': { schema: z.string() },
          },
        },
      },
      responses: answers(meterCounts, 'what became of the events'),
    }),
    async (context) =>
      context.json(await hearMeters(deps, parseMeterEvents(await context.req.text()), context.get('who').name), 200),
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/telemetry',
      ...allow('dispatcher'),
      request: body(telemetryInput),
      responses: answers(telemetryAnswer, 'what the position came to'),
    }),
    async (context) => context.json(await hearTelemetry(deps, context.req.valid('json'), context.get('who').name), 200),
  )
  return app
}
