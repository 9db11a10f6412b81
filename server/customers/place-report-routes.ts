// Where a caller says what place their unlocated report came from: by the link that they follow it with, as JSON or by a form. It
// stays one report.
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { allow, Tries, type AccessEnv } from '../access/index.ts'
import { answers, body, roomApp } from '../contract/http.ts'
import { Refusal } from '../contract/refusal.ts'
import {
  callerPlace,
  reportAnswer,
  type CallerPlace,
  type LocateCandidate,
  type ReportAnswer,
} from '../contract/reports.ts'
import type { Language } from '../contract/shapes.ts'
import type { ReportFlood } from '../reports/index.ts'
import { escape, layOut } from './layout.ts'
import { placeFields } from './page.ts'
import { languageOf, words } from './words.ts'

/** Gives an unlocated report its place: the reports room's own verb. */
export type PlaceReport = (token: string, place: CallerPlace) => Promise<ReportAnswer>

/** Each try is kept: whoever has not found their address in twenty is helped on the telephone. */
const placeTries = { count: 20, within_ms: 60 * 60_000 }
const token = z.string().regex(/^[\w-]{8,64}$/)

type PlaceReportDeps = { place: PlaceReport; flood: ReportFlood; now(): Date }

export function placeReportRoutes({ place, flood, now }: PlaceReportDeps) {
  const app = roomApp<AccessEnv>()
  const tries = new Tries(placeTries)
  const take = (link: string, at: CallerPlace, address: string) => {
    if (!tries.allow(link, now()))
      throw new Refusal('too_many', {
        zh: '尝试次数太多，请拨打95598，我们帮您查找地址',
        en: 'Too many tries for one report: please ring us up',
      })
    if (!('candidate' in at)) flood.countNumbers(address, at, now())
    return place(link, at)
  }
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/follow/{token}/place',
      ...allow('public'),
      request: { params: z.object({ token }), ...body(callerPlace) },
      responses: answers(reportAnswer, 'the same report, placed and judged, or still asked about'),
    }),
    async (c) => c.json(await take(c.req.valid('param').token, c.req.valid('json'), c.get('address')), 200),
  )
  app.post('/follow/:token/place', (c) => placeByForm(c, (link, at) => take(link, at, c.get('address'))))
  return app
}

/** Back to the report's own page, which says what came of it; a refusal is said on a page of its own. */
async function placeByForm(c: Context, take: PlaceReport): Promise<Response> {
  const language = languageOf(c.req.query('lang'), c.req.header('accept-language'))
  const say = words[language]
  const link = token.safeParse(c.req.param('token'))
  const refused = (text: string, status: 400 | 404 | 409 | 422 | 429) => {
    const back = link.success ? `<p><a href="/follow/${link.data}?lang=${language}">${escape(say.follow)}</a></p>` : ''
    return c.html(
      layOut({ title: say.followTitle, language, body: `<p role="alert">${escape(text)}</p>${back}` }),
      status,
    )
  }
  if (!link.success) return refused(say.unknownFollow, 404)
  const given = Object.entries(await c.req.parseBody()).filter((entry) => String(entry[1]).trim() !== '')
  // The surest of what was filled in.
  const [first] = ['candidate', 'account_no', 'phone', 'address'].flatMap((name) =>
    given.filter(([each]) => each === name),
  )
  const input = callerPlace.safeParse(Object.fromEntries(first ? [first] : []))
  if (!input.success) return refused(say.faulty, 400)
  try {
    await take(link.data, input.data)
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason
    if (reason.kind === 'not_found') return refused(say.unknownFollow, 404)
    if (reason.kind === 'too_many') return refused(say.tooManyPlaces, 429)
    if (reason.kind !== 'out_of_order') return refused(say.placeGone, 422)
  }
  return c.redirect(`/follow/${link.data}?lang=${language}`, 303)
}

/** The places that may be meant, to be tapped, and fields for another. */
export function placeForm(link: string, offered: LocateCandidate[], language: Language): string {
  const say = words[language]
  const action = `/follow/${escape(link)}/place?lang=${language}`
  const names = [...new Set(offered.map((each) => each.label))]
  const buttons = names.map(
    (label) => `<button name="candidate" value="${escape(label)}">${escape(say.placeIs(label))}</button>`,
  )
  const question = names.length > 0 ? `<form method="post" action="${action}">${buttons.join('\n')}</form>` : ''
  return `${question}<h2>${escape(names.length > 0 ? say.placeNone : say.placeAgain)}</h2>
<form method="post" action="${action}"><p>${escape(say.placeHint)}</p>${placeFields(language)}<button>${escape(say.send)}</button></form>`
}
