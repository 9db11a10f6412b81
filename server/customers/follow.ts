// What a caller sees of the report they made: what is so for them now, by the link they were given and nothing else.
import { isStranger } from '../access/index.ts'
import type { VerdictKind } from '../contract/reports.ts'
import type { Language, Says } from '../contract/shapes.ts'
import type { Queries } from '../database/index.ts'
import { escape, layOut } from './layout.ts'
import { saysToStranger } from '../reports/index.ts'
import { clockIn, statusForStranger, statusOf, type CustomerStatus } from '../status/index.ts'
import { askBack } from './back-page.ts'
import { isBack } from './still-out.ts'
import { words } from './words.ts'

export type Followed = { reportedAt: Date; place: string | null; says: Says; isBack: boolean }

type Row = {
  reported_at: Date
  service_point_id: string | null
  place: string | null
  taken_by: string
  kind: VerdictKind | null
  rule: string | null
  says: Says | null
}

const received: Says = { zh: '已受理，正在处理。', en: 'Taken; we are on it.' }

/** The report of this token, or null. One that was placed nowhere says what was answered to it. */
export async function readFollowed(queries: Queries, token: string, now: Date): Promise<Followed | null> {
  const row = await queries.maybe<Row>('customers/read_followed', { token })
  if (!row) return null
  const status = await statusFollowed(queries, row, now)
  // Nothing known of a place that was just reported means that it is being looked into.
  const says = status && status.kind !== 'no_outage_known' ? status.says : saidOf(row)
  return { reportedAt: row.reported_at, place: row.place, says, isBack: status !== null && isBack(status) }
}

/** What is so for the household now; whoever reported it without signing in may have named a neighbour's. */
async function statusFollowed(queries: Queries, row: Row, now: Date): Promise<CustomerStatus | null> {
  const status = row.service_point_id === null ? null : await statusOf(queries, row.service_point_id, now)
  return status && isStranger(row.taken_by) ? statusForStranger(status) : status
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
