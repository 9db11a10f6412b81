// Owes customers the news of planned work, in the transaction that makes it so. Whom it concerns is said in transformers: the
// ground that the work was traced to.
import type { Transaction } from '../database/index.ts'
import { appendEvent } from '../live/index.ts'
import type { PlannedMatter } from './matters.ts'
import { owedEvent, readQuiet } from './owed.ts'
import type { Words } from './render.ts'
import { bodiesOf } from './wording.ts'

export type PlannedNews = {
  kind: PlannedMatter
  plannedOutageId: string
  /** Tells this news from other news of the same kind and outage: the window that it speaks of. */
  about: string
  words: Words
  transformers: string[]
  /** Only those that any of these planned outages was told of; null for everybody there. */
  toldOf: string[] | null
  /** Whoever heard of this planned outage since then is left in peace. */
  unlessToldSince: Date | null
}

/** Writes the matter and a row for everyone who is to be told; those told of it before get no second one. Answers how many. */
export async function owePlanned(transaction: Transaction, news: PlannedNews, now: Date): Promise<number> {
  const { kind, plannedOutageId, words } = news
  const key = `${kind}:${plannedOutageId}:${news.about}`
  const quiet = await readQuiet(transaction, now)
  const { template, bodies } = await bodiesOf(transaction, kind)
  const { id } = await transaction.one<{ id: number }>('notifications/open_planned_matter', {
    key,
    kind,
    planned_outage_id: plannedOutageId,
    template,
    bodies: JSON.stringify(bodies),
    words: JSON.stringify(words),
    now,
  })
  const told = await transaction.touch('notifications/owe_to_planned', {
    matter_id: id,
    kind,
    planned_outage_id: plannedOutageId,
    starts: words['starts'] ?? null,
    transformers: news.transformers,
    told_of: news.toldOf,
    unless_told_since: news.unlessToldSince,
    now,
    ...quiet,
  })
  if (told === 0) return 0
  await transaction.touch('notifications/mark_held', { matter_id: id })
  await appendEvent(transaction, owedEvent(kind, key, null, told))
  return told
}
