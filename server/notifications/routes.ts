// Notifications for staff; channels, templates and settings for administrators.
import { createRoute, z } from '@hono/zod-openapi'
import { allow, type AccessEnv } from '../access/index.ts'
import { answers, body, roomApp } from '../contract/http.ts'
import {
  channelInput,
  channelView,
  matterFilter,
  matterView,
  notificationFilter,
  notificationSetting,
  notificationSettingView,
  notificationView,
  previewAnswer,
  templateInput,
  templateView,
} from '../contract/notifications.ts'
import { Refusal } from '../contract/refusal.ts'
import { language, listOf } from '../contract/shapes.ts'
import type { Database } from '../database/index.ts'
import { receiptOf } from './channels/kannel.ts'
import type { ChannelConfig } from './channels/open-channel.ts'
import { decideMatter, putChannel, putSetting, reviveNotification } from './configure.ts'
import { matterKinds, wordsOf } from './matters.ts'
import { officeRoutes } from './office-routes.ts'
import { previewOf } from './preview.ts'
import { hearReceipt } from './receipts.ts'
import { listChannels, listMatters, listNotifications, readSetting } from './reads.ts'
import { putWording, readWordings, type Wording } from './wording.ts'

export type NotificationDeps = { database: Database; now(): Date }

const staff = allow('dispatcher')
const administrator = allow('administrator')
const byId = { params: z.object({ id: z.string().regex(/^\d{1,15}$/, 'a number') }) }
const byTemplate = { params: z.object({ kind: z.enum(matterKinds), language }) }
const counted = z.object({ count: z.number().int() })

export function notificationRoutes(deps: NotificationDeps) {
  const app = roomApp<AccessEnv>()
  routeMessages(app, deps)
  routeTemplates(app, deps)
  routeSettings(app, deps)
  routeReceipts(app, deps)
  app.route('/', officeRoutes(deps))
  return app
}

/** What a gateway tells of a message on its way, by the address that was given with it. */
function routeReceipts(app: App, { database, now }: NotificationDeps): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/receipts/{channel}/{token}',
      ...allow('public'),
      request: {
        params: z.object({ channel: z.string().max(31), token: z.string().max(40) }),
        query: z.object({ step: z.string().max(4), reason: z.string().optional() }),
      },
      responses: answers(z.object({ heard: z.boolean() }), 'false where the message was settled before'),
    }),
    async (c) => {
      const { channel, token } = c.req.valid('param')
      const config = await database.maybe<ChannelConfig>('notifications/read_channel', { channel })
      const receipt = config?.kind === 'kannel' ? receiptOf(config.settings, { ...c.req.valid('query'), token }) : null
      if (!receipt) throw new Refusal('not_found', 'No message of ours asked for this receipt')
      return c.json({ heard: await hearReceipt(database, channel, receipt, now()) }, 200)
    },
  )
}

type App = ReturnType<typeof roomApp<AccessEnv>>

function routeMessages(app: App, { database, now }: NotificationDeps): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/notifications',
      ...staff,
      request: { query: notificationFilter },
      responses: answers(listOf(notificationView), 'messages, newest first'),
    }),
    async (c) => c.json(await listNotifications(database, c.req.valid('query'), now()), 200),
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/notifications/{id}/retry',
      ...staff,
      request: byId,
      responses: answers(z.object({ id: z.number().int() }), 'a dead message is sent once more'),
    }),
    async (c) => {
      const id = Number(c.req.valid('param').id)
      await reviveNotification(database, id, now())
      return c.json({ id }, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/matters',
      ...staff,
      request: { query: matterFilter },
      responses: answers(listOf(matterView), 'what customers are told, newest first'),
    }),
    async (c) => c.json(await listMatters(database, c.req.valid('query')), 200),
  )
  for (const [verb, decision] of [
    ['approve', 'approved'],
    ['refuse', 'refused'],
  ] as const)
    app.openapi(
      createRoute({
        method: 'post',
        path: `/api/matters/{id}/${verb}`,
        ...staff,
        request: byId,
        responses: answers(counted, `the held messages are ${decision}`),
      }),
      async (c) => {
        const id = Number(c.req.valid('param').id)
        return c.json({ count: await decideMatter(database, id, decision, c.get('who').name, now()) }, 200)
      },
    )
}

function routeTemplates(app: App, { database, now }: NotificationDeps): void {
  const view = (wording: Wording) => ({ ...wording, words: Object.keys(wordsOf[wording.kind]) })
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/templates',
      ...staff,
      responses: answers(z.object({ items: z.array(templateView) }), 'the wording of every kind of message'),
    }),
    async (c) => c.json({ items: (await readWordings(database)).map(view) }, 200),
  )
  app.openapi(
    createRoute({
      method: 'put',
      path: '/api/templates/{kind}/{language}',
      ...administrator,
      request: { ...byTemplate, ...body(templateInput) },
      responses: answers(templateView, 'the next version'),
    }),
    async (c) => {
      const wording = { ...c.req.valid('param'), ...c.req.valid('json') }
      return c.json(view(await putWording(database, wording, c.get('who').name, now())), 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/templates/{kind}/{language}/preview',
      ...staff,
      request: { ...byTemplate, ...body(templateInput) },
      responses: answers(previewAnswer, 'how it reads with every word known, and with as few as possible'),
    }),
    (c) => {
      const { kind, language: tongue } = c.req.valid('param')
      return c.json(previewOf(kind, tongue, c.req.valid('json').body, now()), 200)
    },
  )
}

function routeSettings(app: App, { database, now }: NotificationDeps): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/notification-settings',
      ...staff,
      responses: answers(notificationSettingView, 'how notifications go out'),
    }),
    async (c) => c.json(await readSetting(database), 200),
  )
  app.openapi(
    createRoute({
      method: 'put',
      path: '/api/notification-settings',
      ...administrator,
      request: body(notificationSetting),
      responses: answers(notificationSettingView, 'as set now'),
    }),
    async (c) => c.json(await putSetting(database, c.req.valid('json'), c.get('who').name, now()), 200),
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/channels',
      ...administrator,
      responses: answers(z.object({ items: z.array(channelView) }), 'the channels, without their secrets'),
    }),
    async (c) => c.json({ items: await listChannels(database) }, 200),
  )
  app.openapi(
    createRoute({
      method: 'put',
      path: '/api/channels/{channel}',
      ...administrator,
      request: { params: z.object({ channel: z.string() }), ...body(channelInput) },
      responses: answers(channelView, 'as configured now'),
    }),
    async (c) => {
      const { channel } = c.req.valid('param')
      if (!/^[a-z][a-z0-9_]{1,30}$/.test(channel))
        throw new Refusal('invalid', {
          zh: '渠道名须为 2 到 31 个小写字母、数字或下划线',
          en: 'A channel’s name is 2 to 31 small letters, digits and underscores',
        })
      return c.json(await putChannel(database, channel, c.req.valid('json'), now()), 200)
    },
  )
}
