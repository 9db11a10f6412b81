// Preferences and subscriptions over HTTP: by account and the phone's last digits; the link in a message ends one.
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { allow, type AccessEnv } from '../access/index.ts'
import { answers, body, creates, roomApp } from '../contract/http.ts'
import {
  openChannel,
  preferenceInput,
  preferenceView,
  subscriptionInput,
  subscriptionView,
} from '../contract/subscriptions.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Database } from '../database/index.ts'
import { readLinkToken } from '../notifications/index.ts'
import type { AccountDoor } from './account-door.ts'
import { escape, layOut } from './layout.ts'
import { listOpenChannels, putPreference, subscribe, unsubscribe } from './subscribe.ts'
import { subscribeForm } from './subscribe-form.ts'
import { languageOf, words } from './words.ts'

type App = ReturnType<typeof roomApp<AccessEnv>>
export type SubscriptionDeps = { database: Database; now(): Date; door: AccountDoor }

const languageFor = (c: Context) => languageOf(c.req.query('lang'), c.req.header('accept-language'))

export function subscriptionRoutes(deps: SubscriptionDeps): App {
  const app = roomApp<AccessEnv>()
  routeApi(app, deps)
  routeForm(app, deps)
  routeUnsubscribe(app, deps)
  return app
}

function routeApi(app: App, { database, now, door }: SubscriptionDeps): void {
  app.openapi(
    createRoute({
      method: 'put',
      path: '/api/customers/preferences',
      ...allow('public'),
      request: body(preferenceInput),
      responses: answers(preferenceView, 'as it stands now; what was left out stayed as it was'),
    }),
    async (c) => {
      const { account_no, phone_last4, ...wanted } = c.req.valid('json')
      const points = await door.open(database, { account_no, phone_last4 }, c.get('address'), now())
      return c.json(await putPreference(database, points, wanted), 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/customers/subscriptions',
      ...allow('public'),
      request: body(subscriptionInput),
      responses: creates(subscriptionView, 'told on this channel too from now on'),
    }),
    async (c) => {
      const { account_no, phone_last4, ...wanted } = c.req.valid('json')
      const points = await door.open(database, { account_no, phone_last4 }, c.get('address'), now())
      return c.json(await subscribe(database, points, wanted), 201)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/public/channels',
      ...allow('public'),
      responses: answers(z.object({ items: z.array(openChannel) }), 'what customers may subscribe to'),
    }),
    async (c) => c.json({ items: await listOpenChannels(database) }, 200),
  )
}

/** The same as a form that needs no JavaScript. */
function routeForm(app: App, { database, now, door }: SubscriptionDeps): void {
  app.get('/api/public/subscribe', async (c) => {
    const language = languageFor(c)
    const form = subscribeForm(await listOpenChannels(database), language)
    return c.html(layOut({ title: words[language].subscribe, language, body: form }))
  })
  app.post('/api/public/subscribe', async (c) => {
    const language = languageFor(c)
    const say = words[language]
    const fields = await c.req.parseBody()
    const text = (name: string) => {
      const value = fields[name]
      return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
    }
    try {
      const wanted = preferenceInput.parse({
        account_no: text('account_no'),
        phone_last4: text('phone_last4'),
        language: text('language'),
        by_phone: fields['by_phone'] === 'on',
        quiet_from: text('quiet_from') ?? null,
        quiet_to: text('quiet_to') ?? null,
      })
      const points = await door.open(database, wanted, c.get('address'), now())
      const recipient = text('email')
      const [mail] = (await listOpenChannels(database)).filter((each) => each.kind === 'smtp')
      if (recipient && mail)
        await subscribe(database, points, { channel: mail.channel, recipient, language: wanted.language ?? 'zh' })
      await putPreference(database, points, wanted)
      return c.html(layOut({ title: say.subscribe, language, body: `<p role="status">${escape(say.subscribed)}</p>` }))
    } catch (reason) {
      if (!(reason instanceof Refusal) && !(reason instanceof z.ZodError)) throw reason
      const tooMany = reason instanceof Refusal && reason.kind === 'too_many'
      const why = tooMany ? say.tooManyTries : say.subscribeFaulty
      const form = `<p role="alert">${escape(why)}</p>${subscribeForm(await listOpenChannels(database), language)}`
      return c.html(layOut({ title: say.subscribe, language, body: form }), tooMany ? 429 : 400)
    }
  })
}

/** Opening the link asks, since messengers open links by themselves; the button, or a mail program's one click, ends it. */
function routeUnsubscribe(app: App, { database }: SubscriptionDeps): void {
  const idOf = async (token: string) => {
    const { link_key } = await database.one<{ link_key: string }>('notifications/read_setting')
    return /^[\w.-]{8,64}$/.test(token) ? readLinkToken(link_key, 'unsubscribe', token) : null
  }
  app.get('/unsubscribe/:token', async (c) => {
    const language = languageFor(c)
    const say = words[language]
    const token = c.req.param('token')
    const known = (await idOf(token)) !== null
    const body = known
      ? `<form method="post" action="/unsubscribe/${escape(token)}?lang=${language}"><p>${escape(say.unsubscribeAsk)}</p><button>${escape(say.unsubscribe)}</button></form>`
      : `<p>${escape(say.backNotAsked)}</p>`
    return c.html(layOut({ title: say.unsubscribe, language, body }), known ? 200 : 404)
  })
  app.post('/unsubscribe/:token', async (c) => {
    const language = languageFor(c)
    const say = words[language]
    const id = await idOf(c.req.param('token'))
    if (id === null)
      return c.html(layOut({ title: say.unsubscribe, language, body: `<p>${escape(say.backNotAsked)}</p>` }), 404)
    await unsubscribe(database, id)
    return c.html(
      layOut({ title: say.unsubscribe, language, body: `<p role="status">${escape(say.unsubscribed)}</p>` }),
    )
  })
}
