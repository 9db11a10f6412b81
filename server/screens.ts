// The screens as files: built by Vite when missing or older than their sources, then served from `dist/web`.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Hono } from 'hono'
import type { AccessEnv } from './access/index.ts'

const root = path.resolve(import.meta.dirname, '..')
const built = path.join(root, 'dist/web')
const stamp = path.join(root, 'dist/web.stamp')
const builder = path.join(root, 'dist/web.builder')

/** The four screens and the pages behind them; each is one HTML file. */
const pages: Record<string, string> = {
  '/': 'customer/index.html',
  '/wall': 'wall/index.html',
  '/desk': 'desk/index.html',
  '/crew': 'crew/index.html',
  '/report': 'report/index.html',
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

function newestIn(folder: string): number {
  let newest = 0
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) newest = Math.max(newest, statSync(path.join(entry.parentPath, entry.name)).mtimeMs)
  return newest
}

/** What the built screens were built from: newer sources ask for a new build. */
function sourcesAt(): number {
  const files = ['vite.config.ts', 'package-lock.json'].map((file) => statSync(path.join(root, file)).mtimeMs)
  return Math.max(newestIn(path.join(root, 'web')), newestIn(path.join(root, 'server/contract')), ...files)
}

const isCurrent = () => existsSync(stamp) && Number(readFileSync(stamp, 'utf8')) >= sourcesAt()

/** Builds the screens where they are missing or old; throws with Vite's own words where that fails. */
export async function buildScreens(): Promise<void> {
  if (isCurrent()) return
  mkdirSync(path.dirname(builder), { recursive: true })
  while (!takeTurn()) await new Promise((resolve) => setTimeout(resolve, 200))
  try {
    if (!isCurrent()) await build()
  } finally {
    rmSync(builder, { force: true })
  }
}

/** Two servers that start together would empty each other's folder: one builds, the other waits, unless the first is gone. */
function takeTurn(): boolean {
  try {
    writeFileSync(builder, String(process.pid), { flag: 'wx' })
    return true
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code !== 'EEXIST') throw reason
  }
  try {
    process.kill(Number(readFileSync(builder, 'utf8')), 0)
  } catch {
    rmSync(builder, { force: true })
  }
  return false
}

async function build(): Promise<void> {
  const at = sourcesAt()
  const vite = path.join(path.dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    // Whoever starts it: under another NODE_ENV the screens would be built as in development, without the crew's worker.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A start that is refused meanwhile leaves no builder behind.
  const stop = () => child.kill()
  process.once('exit', stop)
  let said = ''
  child.stdout.on('data', (text: Buffer) => (said += text.toString()))
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  const code = await new Promise((resolve) => child.on('close', resolve))
  process.off('exit', stop)
  if (code !== 0) throw new Error(`the screens could not be built:\n${said}`)
  writeFileSync(stamp, String(at))
}

/** Changes with every build of the screens. */
export function buildOf(): string {
  const files = Object.values(pages).map((page) => path.join(built, page))
  const text = files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')).join('')
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

type Kept = { plain: Buffer; packed: Buffer | null; type: string; etag: string }

/** Serves what was built. Hashed assets never change; pages are asked for anew each time. */
export function screenRoutes(build: string): Hono<AccessEnv> {
  const app = new Hono<AccessEnv>()
  const kept = new Map<string, Promise<Kept | null>>()
  const take = (file: string) => {
    const known = kept.get(file) ?? readBuilt(file)
    kept.set(file, known)
    return known
  }
  app.get('*', async (context, next) => {
    const wanted = pages[context.req.path.replace(/\/$/, '') || '/'] ?? context.req.path.slice(1)
    if (wanted.includes('..') || /^(api|tiles|feeds|ogc|open311|follow)\//.test(wanted)) return next()
    const found = await take(wanted)
    if (!found) return next()
    const isPage = wanted.endsWith('.html')
    const headers: Record<string, string> = {
      'content-type': found.type,
      'cache-control': wanted.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag: found.etag,
      vary: 'accept-encoding',
      ...(isPage ? { 'x-relight-build': build } : {}),
    }
    if (context.req.header('if-none-match') === found.etag) return context.body(null, 304, headers)
    const packed = found.packed && /\bbr\b/.test(context.req.header('accept-encoding') ?? '')
    if (packed) headers['content-encoding'] = 'br'
    return context.body(new Uint8Array(packed ? found.packed! : found.plain), 200, headers)
  })
  return app
}

/** Reads one built file and packs what can be packed; null where there is none. */
async function readBuilt(file: string): Promise<Kept | null> {
  const full = path.join(built, file)
  if (!full.startsWith(built) || !existsSync(full) || !statSync(full).isFile()) return null
  const plain = readFileSync(full)
  const type = types[path.extname(file)] ?? 'application/octet-stream'
  // The build packs them once, at a strength that no request should wait for.
  const packed = existsSync(`${full}.br`) ? readFileSync(`${full}.br`) : null
  return { plain, packed, type, etag: `"${createHash('sha256').update(plain).digest('hex').slice(0, 20)}"` }
}
