// Serves the synthetic city to the real wall, and beside it the page that it is measured against: MapLibre with nothing in it.
import { existsSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { DaySoFar } from '../../../server/contract/day.ts'
import { startStub } from '../../browser/stub-server.ts'
import type { City } from './synthetic-city.ts'

const mapLibre = path.dirname(createRequire(import.meta.url).resolve('maplibre-gl/package.json'))
const types: Record<string, string> = { '.mjs': 'text/javascript', '.css': 'text/css' }

/** A map of one colour, as the library's own first example; it says when it is drawn. */
const emptyPage = `<!doctype html><meta charset="utf-8"><title>empty</title>
<link rel="stylesheet" href="/maplibre/maplibre-gl.css"><style>html,body,#map{margin:0;height:100%}</style><div id="map"></div>
<script type="module">
import { Map, setWorkerUrl } from '/maplibre/maplibre-gl.mjs'
setWorkerUrl('/maplibre/maplibre-gl-worker.mjs')
const layers = [{ id: 'ground', type: 'background', paint: { 'background-color': '#101a25' } }]
const map = new Map({ container: 'map', style: { version: 8, sources: {}, layers }, center: [113.2, 22.6], zoom: 10 })
map.once('idle', () => dispatchEvent(new CustomEvent('relight:map', { detail: 'idle' })))
</script>`

const perDay = 289
function dayOf({ snapshot }: City): DaySoFar {
  const { at, counts } = snapshot
  const today = Array.from({ length: perDay }, (_, step) => Math.round((counts.customers_out * step) / perDay))
  return {
    at,
    begins_at: at,
    step_s: 300,
    today,
    yesterday: today.map((out) => Math.round(out / 9)),
    storm: null,
    restored_today: 6600,
    restored_per_hour: Array.from({ length: 12 }, (_, hour) => hour * 100),
    calls_per_minute: Array.from({ length: 60 }, (_, minute) => minute),
    planned: [],
    planned_works: 0,
    planned_out: 0,
    saidi_min: 1.2,
    estimates: { due: 20, kept: 17 },
  }
}

export function serveCity(city: City) {
  const tiles = new Map<string, Buffer | null>()
  const take = (pathname: string) => {
    const known = tiles.get(pathname)
    if (known !== undefined) return known
    const [z, x, y] = pathname.replace('/tiles/ground/', '').replace('.mvt', '').split('/')
    const drawn = city.draw(Number(z), Number(x), Number(y))
    const packed = drawn && gzipSync(drawn)
    tiles.set(pathname, packed)
    return packed
  }
  const send = (response: ServerResponse, type: string, bytes: Buffer | string, headers = {}) => {
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', ...headers })
    response.end(bytes)
    return true
  }
  return startStub({
    snapshot: () => city.snapshot,
    answer(pathname, response) {
      if (pathname === '/empty') return send(response, 'text/html', emptyPage)
      if (pathname.startsWith('/tiles/ground/')) {
        const tile = take(pathname)
        if (tile) return send(response, 'application/vnd.mapbox-vector-tile', tile, { 'content-encoding': 'gzip' })
        response.writeHead(204).end()
        return true
      }
      if (pathname === '/api/reliability/day') return send(response, 'application/json', JSON.stringify(dayOf(city)))
      if (pathname === '/api/assignments') return send(response, 'application/json', '{"items":[],"next_cursor":null}')
      if (!pathname.startsWith('/maplibre/')) return false
      const file = path.join(mapLibre, 'dist', path.basename(pathname))
      if (!existsSync(file)) return false
      return send(response, types[path.extname(file)] ?? 'text/plain', readFileSync(file))
    },
  })
}
