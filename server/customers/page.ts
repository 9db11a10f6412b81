// The public page that needs no JavaScript: what is out, until when, who is on it, and a form to report.
import type { EstimateScore } from '../contract/ledger.ts'
import type { PlannedHere, PlannedNow, PublicIncident } from '../contract/public.ts'
import type { Language } from '../contract/shapes.ts'
import type { PublicState } from './public.ts'
import { escape, layOut } from './layout.ts'
import { publicCount } from './privacy.ts'
import { placeName } from './public.ts'
import { words } from './words.ts'
import { clockIn } from '../status/index.ts'

/** Work announced ahead, as the page lists it. */
export type PlannedRow = {
  id: string
  state: 'announced' | 'started'
  starts_at: Date
  ends_at: Date
  reason: string | null
  district: string | null
  customers: number
  places: string[]
}

export function statusPage({ ground, summary }: PublicState, planned: PlannedRow[], language: Language): string {
  const say = words[language]
  const now = new Date(summary.at)
  const at = clockIn(now, ground.timezone, now)[language]
  const open = summary.incidents.filter((each) => each.status !== 'restored')
  const back = summary.incidents.filter((each) => each.status === 'restored')
  const nothing = back.some((each) => !each.verified)
    ? say.checking
    : summary.planned_now
      ? say.nothingFailed
      : say.nothing
  const body = `
${findForm(language, '')}
<p class="sum">${countSaid(summary.customers_out, summary.leaves_out, language)} ${escape(say.customersOut)} · <strong>${summary.incidents_open}</strong> ${escape(say.incidentsOpen)}</p>
${plannedLine(summary.planned_now, language)}
<p><small>${escape(say.asOf)} ${escape(at)} · <a href="?lang=${language}">${escape(say.reload)}</a></small></p>
<h2>${escape(say.out)}</h2>
${open.length === 0 ? `<p>${escape(nothing)}</p>` : list(open, ground.timezone, now, language)}
${back.length === 0 ? '' : `<h2>${escape(say.back)}</h2>${list(back, ground.timezone, now, language)}`}
${plannedPart(planned, ground.timezone, now, language)}
${ledgerLine(summary.estimates, language)}
<h2 id="report">${escape(say.report)}</h2>
${reportForm(language)}
<p><a href="/api/public/my-place?lang=${language}">${escape(say.myPlace)}</a> · <a href="/api/public/week?lang=${language}">${escape(say.week)}</a> · <a href="/api/public/subscribe?lang=${language}">${escape(say.subscribe)}</a> · <a href="/api/public/request-form?lang=${language}">${escape(say.request)}</a></p>`
  return layOut({ title: `${say.title}${ground.name ? ` · ${ground.name}` : ''}`, language, body })
}

/** A count as it may be said, and whether it is the least there are. */
function countSaid(count: number | null, leavesOut: boolean | undefined, language: Language): string {
  const say = words[language]
  const said = count === null ? say.fewer : count.toLocaleString('en')
  return `${leavesOut ? `${escape(say.atLeast)} ` : ''}<strong>${escape(said)}</strong>`
}

/** Work announced ahead is a loss of supply too: said beside what failed, and never passed over. */
function plannedLine(planned: PlannedNow | undefined, language: Language): string {
  if (!planned) return ''
  const say = words[language]
  const customers = `${countSaid(planned.customers, planned.leaves_out, language)} ${escape(say.customers)}`
  return `<p>${escape(say.plannedRunning)}${customers} · ${escape(say.places(planned.outages))}</p>`
}

/** Planned work listed; the rest is told as a number. */
const plannedListed = 10

function plannedPart(planned: PlannedRow[], timezone: string, now: Date, language: Language): string {
  const say = words[language]
  const rows = planned.slice(0, plannedListed).map((each) => {
    const [from, to] = [each.starts_at, each.ends_at].map((at) => clockIn(at, timezone, now)[language])
    const late = each.state === 'started' && each.ends_at <= now ? ` · ${say.overrun}` : ''
    const count = `${publicCount(each.customers) ?? say.fewer} ${say.customers}`
    const place = placeName({ names: each.places, customers: each.customers, district: each.district })
    const calendar = `/feeds/planned.ics?outage_id=${encodeURIComponent(each.id)}`
    return `<li><strong>${escape(place)}</strong> <small>${escape(`${count}${each.reason ? ` · ${each.reason}` : ''}${late}`)}</small><br>${escape(`${from} – ${to}`)} · <a href="${escape(calendar)}" aria-label="${escape(`${say.calendar}: ${place}`)}">${escape(say.calendar)}</a></li>`
  })
  const more = planned.length > plannedListed ? `<p>${escape(say.more(planned.length - plannedListed))}</p>` : ''
  return `<h2>${escape(say.planned)}</h2>${rows.length === 0 ? `<p>${escape(say.plannedNone)}</p>` : `<ul>${rows.join('\n')}</ul>${more}`}`
}

/** What our word was worth, in one line; nothing where it was never put to the test. */
function ledgerLine(score: EstimateScore | undefined, language: Language): string {
  if (!score?.count || score.error_s === null || score.inside_share === null) return ''
  const line = words[language].ledger(score.count, Math.round(score.error_s / 60), Math.round(100 * score.inside_share))
  return `<p><small>${escape(line)}</small></p>`
}

/** Incidents listed; beyond this a page grows too long for a bad network, and the sums say the rest. */
const listed = 100

function list(incidents: PublicIncident[], timezone: string, now: Date, language: Language): string {
  const say = words[language]
  const rows = incidents.slice(0, listed).map((each) => {
    const since = clockIn(new Date(each.started_at), timezone, now)[language]
    const count = each.customers_out === null ? say.fewer : String(each.customers_out)
    const customers = each.status === 'restored' ? '' : ` · ${count} ${say.customers}`
    const district = each.district && each.district !== each.place ? ` · ${each.district}` : ''
    return `<li><strong>${escape(each.place)}</strong><small>${escape(`${district} · ${say.since} ${since}${customers}`)}</small><br>${escape(each.says[language])}</li>`
  })
  const more = incidents.length > listed ? `<p>${escape(say.more(incidents.length - listed))}</p>` : ''
  return `<ul>${rows.join('\n')}</ul>${more}`
}

/** One box that answers by address, street, village or account; `asked` stands in it. */
export function findForm(language: Language, asked: string): string {
  const say = words[language]
  return `<form method="get" action="/api/public/find-form" role="search"><input type="hidden" name="lang" value="${language}">
<label for="q">${escape(say.findField)}</label><input id="q" name="q" type="search" required maxlength="100" autocomplete="street-address" value="${escape(asked)}">
<button>${escape(say.look)}</button></form>`
}

/** Work announced for one place, with its calendar; nothing where there is none. */
export function plannedLines(
  planned: PlannedHere[],
  calendar: string | null,
  language: Language,
  clock: (instant: string) => string,
): string {
  const say = words[language]
  if (planned.length === 0 || calendar === null) return ''
  const rows = planned.map(({ starts_at, ends_at, reason }) =>
    escape(`${clock(starts_at)} – ${clock(ends_at)}${reason ? ` · ${reason}` : ''}`),
  )
  return `<p>${escape(say.plannedAhead)}<br>${rows.join('<br>')}<br><a href="${escape(calendar)}">${escape(say.calendarHere)}</a></p>`
}

/** What a place may be found by. */
export function placeFields(language: Language): string {
  const say = words[language]
  const field = (name: string, label: string, more: string) =>
    `<label for="${name}">${escape(label)}</label><input id="${name}" name="${name}" ${more}>`
  return [
    field('account_no', say.accountNo, 'maxlength="64" autocomplete="off"'),
    field('phone', say.phone, 'type="tel" maxlength="20" autocomplete="tel"'),
    field('address', say.address, 'maxlength="300" autocomplete="street-address"'),
  ].join('\n')
}

export function reportForm(language: Language): string {
  const say = words[language]
  const choices = Object.entries(say.symptoms)
    .map(([value, label]) => `<option value="${value}">${escape(label)}</option>`)
    .join('')
  return `<form method="post" action="/api/public/report-form?lang=${language}">
<p>${escape(say.placeHint)}</p>
${placeFields(language)}
<label for="symptom">${escape(say.symptom)}</label><select id="symptom" name="symptom">${choices}</select>
<label for="text">${escape(say.remark)}</label><textarea id="text" name="text" rows="2" maxlength="2000"></textarea>
<button>${escape(say.send)}</button>
</form>`
}
