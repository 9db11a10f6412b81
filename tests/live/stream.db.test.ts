// The event log as it reaches the screens: in order, without gap or repeat, on every server, resumed where a listener left off.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { appendEvent } from '../../server/live/index.ts'
import type { Database } from '../../server/database/index.ts'
import { openTestApp, type TestApp, type TestServer } from '../fixtures/app.ts'

let at: TestApp
let other: TestServer
let server: Server
beforeAll(async () => {
  at = await openTestApp()
  other = await at.second()
  const listener = getRequestListener(at.app.fetch)
  server = createServer((request, response) => void listener(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await at.close()
})

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/live`
const until = async (isDone: () => boolean) => {
  for (let waited = 0; !isDone() && waited < 3000; waited++) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** One writer: some of its transactions are rolled back after their number was drawn, some dawdle before the commit. */
async function write(database: Database, writer: number, count: number): Promise<void> {
  for (let each = 0; each < count; each++)
    await database
      .transaction(async (transaction) => {
        await appendEvent(transaction, {
          name: 'clock',
          step: 'tested',
          subject_id: `${writer}-${each}`,
          incident_id: null,
          actor: 'test',
          data: {},
        })
        if (each % 3 === 1) await transaction.client.query('select pg_sleep(0.01)')
        if (each % 4 === 2) throw new Error('taken back')
      })
      .catch((reason: Error) => {
        if (reason.message !== 'taken back') throw reason
      })
}

/** Reads the stream, from after `last` where given, until `isDone`. */
async function listen(
  last: number | null,
  isDone: (ids: number[], text: string) => boolean,
): Promise<{ ids: number[]; text: string }> {
  const headers = { authorization: 'Bearer token-wall', ...(last === null ? {} : { 'last-event-id': String(last) }) }
  const answer = await fetch(url(), { headers })
  const decoder = new TextDecoder()
  let text = ''
  for await (const bytes of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(bytes, { stream: true })
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]))
    // Leaving the loop hangs up.
    if (isDone(ids, text)) return { ids, text }
  }
  return { ids: [], text }
}

it('reaches every server whole and in order while writers on both roll back and dawdle', async () => {
  const from = at.events.length
  const begun = other.events.length
  await Promise.all([0, 1, 2, 3].map((writer) => write(writer % 2 ? other.database : at.database, writer, 12)))
  const committed = (await at.sql<{ seq: number }>("select seq from event_log where name = 'clock' order by seq")).map(
    (row) => row.seq,
  )
  expect(committed).toHaveLength(36)
  for (const [each, start] of [
    [at, from],
    [other, begun],
  ] as const) {
    const seen = () =>
      each.events
        .slice(start)
        .filter((event) => event.name === 'clock')
        .map((event) => event.seq)
    await until(() => seen().length >= committed.length)
    expect(seen()).toEqual(committed)
  }
})

it('begins with a snapshot, goes on with what happens, and resumes after the number a listener saw last', async () => {
  let hasBegun = false
  const first = listen(null, (ids) => {
    hasBegun ||= ids.length > 0
    return ids.length >= 3
  })
  await until(() => hasBegun)
  await write(at.database, 9, 2)
  const { ids, text } = await first
  expect(text).toMatch(/^id: \d+\nevent: snapshot\ndata: \{/)
  await write(other.database, 10, 2)
  const newest = () => at.events[at.events.length - 1]?.seq ?? 0
  await until(() => newest() >= ids[2]! + 2)
  const resumed = await listen(ids[1]!, (seen) => seen.length >= 3)
  expect(resumed.text).not.toContain('event: snapshot')
  expect(resumed.ids).toEqual([ids[2]!, ids[2]! + 1, ids[2]! + 2])
  const ahead = await listen(1_000_000, (seen) => seen.length >= 1)
  expect(ahead.text).toContain('event: snapshot')
})

it('says before its first event whether it is an exercise’s', async () => {
  const answer = await fetch(url(), { headers: { authorization: 'Bearer token-wall', 'last-event-id': '0' } })
  expect(answer.headers.get('x-relight-exercise')).toBe('off')
  await answer.body?.cancel()
})

it('gives listeners that come together one snapshot, and each every event after it exactly once', async () => {
  const begun = new Set<number>()
  const many = Array.from({ length: 8 }, (_, index) =>
    listen(null, (ids) => {
      if (ids.length > 0) begun.add(index)
      return ids.length >= 4
    }),
  )
  await until(() => begun.size === many.length)
  await write(at.database, 11, 4)
  const heard = await Promise.all(many)
  for (const { ids, text } of heard) {
    expect(text.match(/event: snapshot/g)).toHaveLength(1)
    expect(ids).toEqual([...new Set(ids)].toSorted((one, another) => one - another))
    const after = at.events.map(({ seq }) => seq).filter((seq) => seq > ids[0]!)
    expect(ids.slice(1)).toEqual(after.slice(0, ids.length - 1))
  }
})
