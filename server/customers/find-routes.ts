// Finding a place over HTTP: as JSON, and as a page without JavaScript.
import { createRoute } from '@hono/zod-openapi'
import { allow, Tries, type AccessEnv } from '../access/index.ts'
import { answers, roomApp } from '../contract/http.ts'
import { findQuery, foundPlaces, type FoundPlace, type FoundPlaces } from '../contract/public.ts'
import { TooMany } from '../contract/refusal.ts'
import type { Language } from '../contract/shapes.ts'
import { clockIn } from '../status/index.ts'
import { findPlaces, type FindDeps } from './find.ts'
import { escape, layOut } from './layout.ts'
import { findForm, plannedLines } from './page.ts'
import { placeForm } from './place-routes.ts'
import { languageOf, words } from './words.ts'

/** Nobody reads an answer a second; a machine that asks for street after street is slowed, many homes behind one address are not. */
const findTries = { count: 60, within_ms: 60_000 }

export function findRoutes(deps: FindDeps) {
  const app = roomApp<AccessEnv>()
  const tries = new Tries(findTries)
  const count = (address: string) => {
    if (tries.allow(address, deps.now())) return
    const wait_s = tries.wait_s(address, deps.now())
    throw new TooMany(
      {
        zh: `查询太频繁，请${wait_s}秒后再试或拨打95598`,
        en: `Too many searches: try again in ${wait_s} seconds, or ring 95598`,
      },
      wait_s,
    )
  }
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/public/find',
      ...allow('public'),
      request: { query: findQuery },
      responses: answers(foundPlaces, 'what is so at the places that this may mean'),
    }),
    async (c) => {
      count(c.get('address'))
      c.header('cache-control', 'no-store')
      return c.json(await findPlaces(deps, c.req.valid('query')), 200)
    },
  )
  app.get('/api/public/find-form', async (c) => {
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
    const language = languageOf(c.req.query('lang'), c.req.header('accept-language'))
    const page = (body: string, status: 200 | 429 = 200) =>
      c.html(layOut({ title: words[language].find, language, body }), status)
    const query = findQuery.safeParse({ q: c.req.query('q') })
    if (!query.success || query.data.q === undefined) return page(findForm(language, ''))
    const form = findForm(language, query.data.q)
    try {
      count(c.get('address'))
    } catch (reason) {
      if (!(reason instanceof TooMany)) throw reason
      c.header('retry-after', String(reason.wait_s))
      return page(`<p role="alert">${escape(reason.detailIn(language))}</p>${form}`, 429)
    }
    return page(form + foundBody(await findPlaces(deps, query.data), query.data.q, language))
  })
  return app
}

function foundBody({ places, is_number, timezone, at }: FoundPlaces, asked: string, language: Language): string {
  const say = words[language]
  if (is_number) return `<h2>${escape(say.myPlace)}</h2><p>${escape(say.findNumber)}</p>${placeForm(language, asked)}`
  const links = `<p><a href="/api/public/status?lang=${language}#report">${escape(say.report)}</a> · <a href="/api/public/my-place?lang=${language}">${escape(say.myPlace)}</a></p>`
  if (places.length === 0)
    return `<p role="status"><strong>${escape(say.findNone)}</strong></p><p>${escape(say.findTry)}</p>${links}`
  const item = (place: FoundPlace) => {
    const district = place.district && place.district !== place.place ? ` <small>${escape(place.district)}</small>` : ''
    const planned = plannedLines(
      place.planned,
      place.calendar,
      language,
      (each) => clockIn(new Date(each), timezone, new Date(at))[language],
    )
    return `<li><strong>${escape(place.place)}</strong>${district}<br>${escape(place.says[language])}${planned}</li>`
  }
  const several = places.length > 1 ? `<p>${escape(say.findSeveral(places.length))}</p>` : ''
  return `<div role="status">${several}<ul>${places.map(item).join('\n')}</ul></div>${links}`
}
