// What the office asks beside: how the channels stand, which wordings there were, all that failed of a matter once more.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { answers, roomApp } from '../contract/http.ts'
import { channelStanding, templateVersion, type ChannelStanding } from '../contract/notifications.ts'
import { language } from '../contract/shapes.ts'
import { reviveMatter } from './configure.ts'
import { matterKinds } from './matters.ts'
import type { NotificationDeps } from './routes.ts'
import { readVersions } from './wording.ts'

const staff = allow('dispatcher')
type StandingRow = Omit<ChannelStanding, 'waiting_since'> & { waiting_since: Date | null }

export function officeRoutes({ database, now }: NotificationDeps) {
  const app = roomApp<AccessEnv>()
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/matters/{id}/retry',
      ...staff,
      request: { params: z.object({ id: z.string().regex(/^\d{1,15}$/, 'a number') }) },
      responses: answers(z.object({ count: z.number().int() }), 'its dead messages are sent once more'),
    }),
    async (c) => c.json({ count: await reviveMatter(database, Number(c.req.valid('param').id), now()) }, 200),
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/templates/{kind}/{language}/versions',
      ...staff,
      request: { params: z.object({ kind: z.enum(matterKinds), language }) },
      responses: answers(z.object({ items: z.array(templateVersion) }), 'the wordings there were, the newest first'),
    }),
    async (c) => {
      const { kind, language: tongue } = c.req.valid('param')
      return c.json({ items: await readVersions(database, kind, tongue) }, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/channel-standings',
      ...staff,
      responses: answers(z.object({ items: z.array(channelStanding) }), 'how the channels stand'),
    }),
    async (c) => {
      const rows = await database.rows<StandingRow>('notifications/list_standings', { now: now() })
      const items = rows.map((row) => ({ ...row, waiting_since: row.waiting_since?.toISOString() ?? null }))
      return c.json({ items }, 200)
    },
  )
  return app
}
