// A stand-in for the service that does what a test tells it: speaks the live stream, goes silent, comes back. The screens are
// the real ones, as built.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { ClockView } from '../../server/contract/clocks.ts'
import type { DaySoFar } from '../../server/contract/day.ts'
import type { LiveEvent, Snapshot } from '../../server/contract/live.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import type { PublicSummary } from '../../server/contract/public.ts'

const built = path.resolve(import.meta.dirname, '../../dist/web')
const pages: Record<string, string> = {
  '/': 'customer',
  '/wall': 'wall',
  '/desk': 'desk',
  '/crew': 'crew',
  '/report': 'report',
}
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export type StubServer = {
  url: string
  send(event: LiveEvent): void
  sendRaw(frame: string): void
  /** Cuts every connection and answers nothing more until `up()`. */
  down(): void
  up(): void
  /** Refuses every token from now on. */
  expire(): void
  /** Bytes of script sent, as they went over the wire. */
  scriptBytes(): number
  /** Bodies that were posted, by path. */
  posted: { path: string; body: unknown }[]
  close(): Promise<void>
}

export async function startStub(state: {
  snapshot: () => Snapshot
  summary?: () => PublicSummary
  /** The day so far, and the promise clocks; null is no answer. */
  day?: () => DaySoFar | null
  clocks?: () => ClockView[] | null
  /** What is answered to a report, or to its place. */
  taken?: (pathname: string) => ReportAnswer | null
  /** Answers what it knows before the stub does: tiles, pages of a benchmark's own. */
  answer?: (pathname: string, response: ServerResponse) => boolean
}): Promise<StubServer> {
  const streams = new Set<ServerResponse>()
  const posted: StubServer['posted'] = []
  let silent = false
  let expired = false
  let scriptBytes = 0

  const json = (response: ServerResponse, value: unknown, status = 200) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(value))
  }

  const answerOr404 = (response: ServerResponse, value: unknown) =>
    value === null ? json(response, {}, 404) : json(response, value)
  const savings = {
    since: '2026-07-01T00:00:00Z',
    crossings: 0,
    reckoned: 0,
    minutes: 0,
    customer_minutes: 0,
    items: [],
  }

  function sendFile(pathname: string, response: ServerResponse) {
    const page = pages[pathname]
    const file = path.join(built, page ? `${page}/index.html` : pathname)
    if (!file.startsWith(built) || !existsSync(file)) return json(response, {}, 404)
    const packed = existsSync(`${file}.br`)
    const bytes = readFileSync(packed ? `${file}.br` : file)
    if (/\.m?js$/.test(file)) scriptBytes += bytes.length
    response.writeHead(200, {
      'content-type': types[path.extname(file)] ?? 'application/octet-stream',
      // As the server says it, so that nothing is fetched twice.
      'cache-control': file.includes(`${path.sep}assets${path.sep}`)
        ? 'public, max-age=31536000, immutable'
        : 'no-cache',
      ...(packed ? { 'content-encoding': 'br' } : {}),
    })
    response.end(bytes)
  }

  function openStream(request: IncomingMessage, response: ServerResponse) {
    if (expired || !request.headers.authorization?.startsWith('Bearer ')) return json(response, {}, 401)
    const snapshot = state.snapshot()
    const exercise = snapshot.exercise ? 'on' : 'off'
    response.writeHead(200, { 'content-type': 'text/event-stream', 'x-relight-exercise': exercise })
    response.write(`id: ${snapshot.seq}\nevent: snapshot\ndata: ${JSON.stringify(snapshot)}\n\n`)
    streams.add(response)
    response.on('close', () => streams.delete(response))
  }

  const server = createServer((request, response) => {
    if (silent) return void request.socket.destroy()
    const { pathname } = new URL(request.url ?? '/', 'http://stub')
    if (state.answer?.(pathname, response)) return
    if (pathname === '/api/live') return openStream(request, response)
    if (pathname === '/api/counts') return json(response, state.snapshot().counts)
    if (pathname === '/api/reliability/day' && state.day) return answerOr404(response, state.day())
    if (pathname === '/api/clocks' && state.clocks) {
      const items = state.clocks()
      return answerOr404(response, items && { at: new Date().toISOString(), items, next_cursor: null })
    }
    if (pathname === '/api/dispatch/savings' && state.day) return json(response, savings)
    if (pathname === '/api/public/summary') return json(response, state.summary?.())
    if (pathname === '/api/public/incidents') return json(response, { type: 'FeatureCollection', features: [] })
    if (pathname === '/tiles/base.json') return json(response, null)
    if (pathname.startsWith('/tiles/')) return void response.writeHead(204).end()
    if (request.method !== 'POST') return sendFile(pathname, response)
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      posted.push({ path: pathname, body: JSON.parse(body) as unknown })
      const taken = state.taken?.(pathname)
      if (taken) return json(response, taken, 201)
      const says = { zh: '您所在的区域正在停电。', en: 'Your area is without supply.' }
      const verdict = { kind: 'known_incident', rule: 'known', says, evidence: [] }
      json(response, { id: 'rep_1', located: null, verdict, follow: '/follow/abc' }, 201)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const sendRaw = (frame: string) => streams.forEach((stream) => stream.write(frame))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sendRaw,
    send: (event) => sendRaw(`id: ${event.seq}\nevent: ${event.name}\ndata: ${JSON.stringify(event)}\n\n`),
    down() {
      silent = true
      for (const stream of streams) stream.destroy()
      server.closeAllConnections()
    },
    up: () => (silent = false),
    expire() {
      expired = true
      for (const stream of streams) stream.destroy()
    },
    scriptBytes: () => scriptBytes,
    posted,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
