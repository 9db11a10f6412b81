// What a caller sees of the report they made: what is so for them now, by the link they were given and nothing else.
import { isStranger } from '../access/index.ts'
import type { LocateCandidate, LocateMethod, Receipt, VerdictKind } from '../contract/reports.ts'
import type { Language, Says } from '../contract/shapes.ts'
import type { Queries } from '../database/index.ts'
import { escape, layOut } from './layout.ts'
import { isUnnamed, lookedBy, offeredPlaces, saysToStranger } from '../reports/index.ts'
import { clockIn, statusForStranger, statusOf, type CustomerStatus } from '../status/index.ts'
import { placeForm } from './place-report-routes.ts'
import { askBack } from './back-page.ts'
import { saysOf, type ToldRow } from './public.ts'
import { isBack } from './still-out.ts'
import { words } from './words.ts'

export type Followed = {
  reportedAt: Date
  place: string | null
  says: Says
  isBack: boolean
  /** Null once it has a place; until then where it may have come from. */
  offered: LocateCandidate[] | null
}

type Row = {
  reported_at: Date
  service_point_id: string | null
  place: string | null
  method: LocateMethod | null
  taken_by: string
  kind: VerdictKind | null
  rule: string | null
  says: Says | null
  evidence: Receipt[] | null
  candidates: LocateCandidate[] | null
  incident_id: string | null
}

const received: Says = { zh: '已受理，正在处理。', en: 'Taken; we are on it.' }

/** The report of this token, or null. One that was placed nowhere says what was answered to it. */
export async function readFollowed(queries: Queries, token: string, now: Date): Promise<Followed | null> {
  const row = await queries.maybe<Row>('customers/read_followed', { token })
  if (!row) return null
  const status = await statusFollowed(queries, row, now)
  // Nothing known of a place that was just reported means that it is being looked into.
  const known = status && status.kind !== 'no_outage_known' ? status.says : await saysOfArea(queries, row, now)
  const says = known ?? saidOf(row)
  const { reported_at: reportedAt } = row
  const place = isToldNoPlace(row) ? null : row.place
  const offered = row.kind === 'unlocated' ? offeredPlaces(row.candidates ?? [], lookedBy(row.evidence ?? [])) : null
  return { reportedAt, place, says, isBack: status !== null && isBack(status), offered }
}

const isToldNoPlace = ({ method, taken_by }: Row) => method !== null && isUnnamed(taken_by, method)

/** What is so for the household now; whoever reported it without signing in may have named a neighbour's. */
async function statusFollowed(queries: Queries, row: Row, now: Date): Promise<CustomerStatus | null> {
  const status =
    row.service_point_id === null ? null : await statusOf(queries, row.service_point_id, now, isToldNoPlace(row))
  return status && isStranger(row.taken_by) ? statusForStranger(status) : status
}

/** Where the area alone is known, what its incident's customers are told of it; null where there is none. */
async function saysOfArea(queries: Queries, row: Row, now: Date): Promise<Says | null> {
  if (row.service_point_id !== null || row.incident_id === null) return null
  const { incident_id } = row
  const told = await queries.maybe<ToldRow & { timezone: string }>('customers/read_incident_told', { incident_id })
  return told && saysOf(told, told.timezone, now)
}

function saidOf({ kind, rule, says, taken_by }: Row): Says {
  if (kind === null || rule === null || says === null) return received
  return isStranger(taken_by) ? saysToStranger({ kind, rule, says }) : says
}

export function followPage(followed: Followed, token: string, timezone: string, language: Language, now: Date): string {
  const say = words[language]
  const body = `
<p><strong>${escape(followed.says[language])}</strong></p>
${followed.place === null ? '' : `<p>${escape(followed.place)}</p>`}
${followed.offered === null ? '' : placeForm(token, followed.offered, language)}
${followed.isBack ? askBack(token, language) : photographForm(`/follow/${token}`, language)}
<p><small>${escape(say.reportedAt)} ${escape(clockIn(followed.reportedAt, timezone, now)[language])} · ${escape(say.asOf)} ${escape(clockIn(now, timezone, now)[language])} · <a href="?lang=${language}">${escape(say.reload)}</a></small></p>`
  return layOut({ title: say.followTitle, language, body })
}

/** Adds a picture to a report that is already taken, so that no picture can lose one. `follow` is the report's own address. */
export function photographForm(follow: string, language: Language): string {
  const say = words[language]
  return `<h2>${escape(say.photograph)}</h2>
<form method="post" enctype="multipart/form-data" action="${escape(follow)}/photograph?lang=${language}">
<label for="photograph">${escape(say.photographHint)}</label><input id="photograph" name="photograph" type="file" accept="image/jpeg,image/png,image/webp" required>
<button>${escape(say.photographAdd)}</button></form>`
}
