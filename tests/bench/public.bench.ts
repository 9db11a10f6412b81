// `npm run bench -- public`: requests a second for the public summary and the status page from one process, beside a bare
// HTTP server that answers the same bytes from memory without looking at the request, and beside nginx where it is installed
// (Debian's nginx-light), one worker, the same bytes from its cache of files; the asking runs in threads of its own.
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import { PublicPages, serveCrowd } from '../../server/customers/index.ts'
import type { Database } from '../../server/database/index.ts'
import { startNginx } from './nginx.ts'

const seconds = 3
const rounds = 5
const connections = 64
const incidents = 60

/** Sixty incidents as the database would give them; nothing else of it is asked for. */
function drawnDatabase(): Database {
  const at = new Date('2026-07-01T06:00:00Z')
  const row = (n: number) => ({
    id: `inc_${n}`,
    status: 'confirmed',
    district_code: 'D',
    district: '甲区',
    customers_affected: 100 + n,
    customers_out: 100 + n,
    started_at: at,
    restored_at: null,
    verified: false,
    estimate_at: null,
    estimate_low: null,
    estimate_high: null,
    estimate_source: null,
    cause: null,
    updated_at: at,
    crew: null,
    crew_arrives_at: null,
    transformer_ids: [`T${n}`],
    names: [`${n}号台区`],
    customers: 200,
  })
  const answers: Record<string, unknown> = {
    'tiles/version': { version: '1' },
    'customers/read_ground': {
      customers: 20_000,
      districts: [{ code: 'D', name: '甲区' }],
      timezone: 'Asia/Shanghai',
      name: '',
    },
    'customers/dissolve_areas': {
      shape: {
        type: 'Polygon',
        coordinates: [
          [
            [113, 22],
            [113.1, 22],
            [113.1, 22.1],
            [113, 22],
          ],
        ],
      },
    },
  }
  const replica = {
    one: (name: string) => Promise.resolve(answers[name]),
    rows: (name: string) =>
      Promise.resolve(
        name === 'planned-outages/list_public' ? [] : Array.from({ length: incidents }, (_, n) => row(n)),
      ),
  }
  // Only `replica` is read by the public pages.
  return { replica } as unknown as Database
}

/** Runs in a thread: asks over its connections, one request at a time each, and answers how many were answered. */
const asker = `
const { parentPort, workerData } = require('node:worker_threads')
const { connect } = require('node:net')
const { port, path, connections, seconds } = workerData
const request = Buffer.from('GET ' + path + ' HTTP/1.1\\r\\nhost: bench\\r\\naccept-encoding: gzip\\r\\n\\r\\n')
let answered = 0
let left = connections
const end = Date.now() + seconds * 1000
for (let index = 0; index < connections; index++) {
  const socket = connect(port, '127.0.0.1')
  let waiting = 0
  socket.on('connect', () => socket.write(request))
  socket.on('data', (bytes) => {
    if (waiting === 0) {
      const head = bytes.indexOf('\\r\\n\\r\\n')
      const length = Number(/content-length: (\\d+)/i.exec(bytes.toString('latin1', 0, head))[1])
      waiting = head + 4 + length
    }
    waiting -= bytes.length
    if (waiting > 0) return
    waiting = 0
    answered++
    if (Date.now() < end) return socket.write(request)
    socket.destroy()
    if (--left === 0) parentPort.postMessage(answered)
  })
}
`

function rate(port: number, path: string): Promise<number> {
  const worker = new Worker(asker, { eval: true, workerData: { port, path, connections, seconds } })
  return new Promise((resolve, reject) => {
    worker.on('message', (answered: number) => resolve(answered / seconds))
    worker.on('error', reject)
  })
}

const listen = (listener: RequestListener): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer(listener).listen(0, '127.0.0.1', () => resolve(server))
  })
const portOf = (server: Server) => (server.address() as AddressInfo).port
const sorted = (values: number[]) => values.toSorted((left, right) => left - right)

export async function run(): Promise<void> {
  const pages = new PublicPages({ database: drawnDatabase(), tail: { seq: 1 }, now: () => new Date() })
  const made = await pages.take()
  const keeping = setInterval(() => void pages.take(), 1000)
  const ours = await listen((request, response) => {
    if (!serveCrowd(pages, request, response)) response.writeHead(503, { 'content-length': '0' }).end()
  })
  for (const [path, packed] of [
    ['/api/public/summary', made.summary],
    ['/api/public/status', made['status.zh']],
  ] as const) {
    const { body } = packed.gzip
    const type = packed.gzip.headers['content-type']!
    const headers = { 'content-length': String(body.length), 'content-encoding': 'gzip', 'content-type': type }
    const bare = await listen((_, response) => response.writeHead(200, headers).end(body))
    const nginx = await startNginx(body, type)
    const rates = { ours: [] as number[], bare: [] as number[], nginx: [] as number[] }
    for (let round = 0; round < rounds; round++) {
      rates.ours.push(await rate(portOf(ours), path))
      rates.bare.push(await rate(portOf(bare), path))
      if (nginx) rates.nginx.push(await rate(nginx.port, '/page'))
    }
    bare.close()
    nginx?.stop()
    for (const [name, values] of Object.entries(rates)) {
      if (values.length === 0) continue
      const [low, middle, high] = [sorted(values)[0]!, sorted(values)[rounds >> 1]!, sorted(values).at(-1)!]
      console.log(
        `public: ${path} ${body.length} bytes, ${name}: median ${middle.toFixed(0)} requests/s, minimum ${low.toFixed(0)}, spread ${(high - low).toFixed(0)}`,
      )
    }
    const middleOf = (values: number[]) => sorted(values)[rounds >> 1]!
    console.log(
      nginx
        ? `public: ${path} ratio to nginx ${(middleOf(rates.ours) / middleOf(rates.nginx)).toFixed(2)}`
        : 'public: nginx is not installed: left out',
    )
    console.log(
      `public: ${path} ratio to the bare server ${(sorted(rates.ours)[rounds >> 1]! / sorted(rates.bare)[rounds >> 1]!).toFixed(2)}; wanted: half of nginx, 5,600 requests/s`,
    )
  }
  clearInterval(keeping)
  ours.close()
}
