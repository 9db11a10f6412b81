// The ledger over HTTP: for staff by source, cause and stage.
import { createRoute } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { answers, roomApp } from '../contract/http.ts'
import { estimateLedger, ledgerQuery, type EstimateScore } from '../contract/ledger.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Database } from '../database/index.ts'
import type { Score } from './ledger.ts'
import { readLedger } from './read-ledger.ts'

/** Long enough to be a judgement, short enough to be about today. */
const usualPeriod_ms = 90 * 86_400_000

/** A score as JSON has it: what is no number is null. */
export function scoreView(score: Score): EstimateScore {
  const figure = (value: number) => (Number.isFinite(value) ? value : null)
  return {
    count: score.count,
    error_s: figure(score.error_s),
    bias_s: figure(score.bias_s),
    late_share: figure(score.late_share),
    inside_share: figure(score.inside_share),
  }
}

const views = (scores: Record<string, Score>) =>
  Object.fromEntries(Object.entries(scores).map(([key, score]) => [key, scoreView(score)]))

export function estimateRoutes({ database, now }: { database: Database; now(): Date }) {
  const app = roomApp<AccessEnv>()
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/estimates/ledger',
      ...allow('dispatcher', 'wall'),
      request: { query: ledgerQuery },
      responses: answers(estimateLedger, 'how good what was told turned out to be'),
    }),
    async (c) => {
      const query = c.req.valid('query')
      const until = query.until === undefined ? now() : new Date(query.until)
      const since = query.since === undefined ? new Date(until.getTime() - usualPeriod_ms) : new Date(query.since)
      if (since >= until)
        throw new Refusal('invalid', { zh: '开始须早于结束', en: 'since must come before until' }, [
          { path: 'since', message: 'before until' },
        ])
      const { all, by_source, by_cause, by_stage } = await readLedger(database.replica, { since, until })
      const period = { since: since.toISOString(), until: until.toISOString() }
      const groups = { by_source: views(by_source), by_cause: views(by_cause), by_stage: views(by_stage) }
      return c.json({ ...period, all: scoreView(all), ...groups }, 200)
    },
  )
  return app
}
