// Owes whoever made a request its answer, or why it takes longer, in the transaction that gives it: once each.
import type { Transaction } from '../database/index.ts'
import { appendEvent } from '../live/index.ts'
import type { RequestMatter } from './matters.ts'
import { owedEvent, readQuiet } from './owed.ts'
import type { Words } from './render.ts'
import { bodiesOf } from './wording.ts'

export type RequestNews = {
  kind: RequestMatter
  requestId: string
  /** Tells one explanation from the next. */
  about: string
  words: Words
}

/** Answers how many messages: none where nobody can be reached. */
export async function oweRequest(transaction: Transaction, news: RequestNews, now: Date): Promise<number> {
  const { kind, requestId, words } = news
  const key = `${kind}:${requestId}:${news.about}`
  const quiet = await readQuiet(transaction, now)
  const { template, bodies } = await bodiesOf(transaction, kind)
  const { id } = await transaction.one<{ id: number }>('notifications/open_request_matter', {
    key,
    kind,
    template,
    bodies: JSON.stringify(bodies),
    words: JSON.stringify(words),
    now,
  })
  const told = await transaction.touch('notifications/owe_to_asker', {
    matter_id: id,
    request_id: requestId,
    now,
    quiet_until: quiet.quiet_until,
  })
  if (told === 0) return 0
  transaction.hint()
  await appendEvent(transaction, owedEvent(kind, key, null, told))
  return told
}
