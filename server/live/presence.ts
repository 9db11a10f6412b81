// Who has what open at the desks: a word from each desk every so often, gone with its silence, shown to every desk of every server.
// It is of the moment: nothing of it is in the event log, and the past knows none of it.
import type { PresenceInput, PresenceView } from '../contract/presence.ts'
import type { Database } from '../database/index.ts'
import type { Hub } from './hub.ts'

/** A desk says what it has open every 15 s: one that was not heard for this long is gone. */
const expires_s = 50
/** More desks than a city's control room has; one more is not shown, and works all the same. */
const most = 200
/** Hints come with every write of a storm; the table is looked at no more often than this. */
const rest_ms = 250
/** Who fell silent is taken off within this time, and what a lost hint would have told is seen. */
const look_ms = 10_000

export type PresenceDeps = { database: Database; now(): Date }

export function listPresence({ database, now }: PresenceDeps): Promise<PresenceView[]> {
  return database.rows<PresenceView>('live/list_presence', { now: now(), expires_s, most })
}

/** Takes a desk's word; hints all servers where it is news to the other desks. Answers who has what open. */
export async function putPresence(deps: PresenceDeps, input: PresenceInput, name: string): Promise<PresenceView[]> {
  await deps.database.transaction(async (transaction) => {
    const values = { ...input, name, now: deps.now(), expires_s, most }
    const { is_changed } = await transaction.one<{ is_changed: boolean }>('live/put_presence', values)
    if (is_changed) transaction.hint()
  })
  return listPresence(deps)
}

/** Sends the desks that listen here who has what open, whenever that has changed; answers how to stop. */
export function watchPresence(deps: PresenceDeps & { hub: Hub }): { stop(): void } {
  let last = '[]'
  let timer: NodeJS.Timeout | null = null
  let lookedAt = 0
  const look = async () => {
    timer = null
    lookedAt = Date.now()
    if (!deps.hub.hasDesks) return
    const items = await listPresence(deps)
    const text = JSON.stringify(items)
    if (text === last) return
    last = text
    deps.hub.tellDesks(Buffer.from(`event: presence\ndata: {"items":${text}}\n\n`))
  }
  const later = () => {
    timer ??= setTimeout(
      () => void look().catch((reason: Error) => console.error('presence not readable:', reason.message)),
      Math.max(0, lookedAt + rest_ms - Date.now()),
    ).unref()
  }
  const forget = deps.database.onHint(later)
  const anyway = setInterval(later, look_ms).unref()
  return {
    stop: () => {
      forget()
      clearInterval(anyway)
      if (timer) clearTimeout(timer)
    },
  }
}
