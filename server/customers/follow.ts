// What a caller sees of the report they made: what is so for them now, by the link they were given and nothing else.
import type { LocateCandidate, Receipt } from '../contract/reports.ts'
import type { Language, Says } from '../contract/shapes.ts'
import type { Queries } from '../database/index.ts'
import { escape, layOut } from './layout.ts'
import { lookedBy, offeredPlaces } from '../reports/index.ts'
import { clockIn } from '../status/index.ts'
import { placeForm } from './place-report-routes.ts'
import { askBack } from './back-page.ts'
import { isToldNoPlace, sayFollowed, type SaidRow } from './say-followed.ts'
import { words } from './words.ts'

export type Followed = {
  reportedAt: Date
  place: string | null
  says: Says
  asksBack: boolean
  /** Null once it has a place; until then where it may have come from. */
  offered: LocateCandidate[] | null
}

type Row = SaidRow & { evidence: Receipt[] | null; candidates: LocateCandidate[] | null }

/** The report of this token, or null. One that was placed nowhere says what was answered to it. */
export async function readFollowed(queries: Queries, token: string, now: Date): Promise<Followed | null> {
  const row = await queries.maybe<Row>('customers/read_followed', { token, at: now })
  if (!row) return null
  const { says, asksBack } = await sayFollowed(queries, row, now)
  const { reported_at: reportedAt } = row
  const place = isToldNoPlace(row) ? null : row.place
  const offered = row.kind === 'unlocated' ? offeredPlaces(row.candidates ?? [], lookedBy(row.evidence ?? [])) : null
  return { reportedAt, place, says, asksBack, offered }
}

export function followPage(followed: Followed, token: string, timezone: string, language: Language, now: Date): string {
  const say = words[language]
  const body = `
<p><strong>${escape(followed.says[language])}</strong></p>
${followed.place === null ? '' : `<p>${escape(followed.place)}</p>`}
${followed.offered === null ? '' : placeForm(token, followed.offered, language)}
${followed.asksBack ? askBack(token, language) : photographForm(`/follow/${token}`, language)}
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
