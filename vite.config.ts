// How the screens are built: one entry a screen into dist/web, each script and sheet also stored compressed for the server to hand out.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { realpathSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'
import { crewInstall } from './web/crew/install-plugin.ts'
import { noticeWorker } from './web/customer/worker-plugin.ts'
import { screenShells } from './web/live/shell-plugin.ts'

const root = path.join(import.meta.dirname, 'web')
const outDir = path.join(import.meta.dirname, 'dist/web')
const screens = ['customer', 'wall', 'desk', 'crew', 'report']

/** In development the screens answer at the addresses that the server gives them. */
function screenAddresses(): Plugin {
  return {
    name: 'screen-addresses',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost')
        const screen = pathname.split('/')[1] ?? ''
        if (pathname === '/' || screen === 'follow') request.url = '/customer/index.html'
        else if ([...screens, 'styleguide'].includes(screen) && !path.extname(pathname)) {
          request.url = `/${screen}/index.html`
        }
        next()
      })
    },
  }
}

/** Writes FILE.br beside every text file over 1 kB: packed once here, no request waits for it. */
function storeCompressed(): Plugin {
  const toBrotli = promisify(brotliCompress)
  return {
    name: 'store-compressed',
    apply: 'build',
    async closeBundle() {
      for (const entry of await readdir(outDir, { recursive: true })) {
        if (!/\.(js|mjs|css|html|svg|json|webmanifest)$/.test(entry)) continue
        const file = path.join(outDir, entry)
        const bytes = await readFile(file)
        if (bytes.length < 1024) continue
        const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
        await writeFile(`${file}.br`, await toBrotli(bytes, { params }))
      }
    },
  }
}

const server = process.env['RELIGHT_SERVER'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  root,
  appType: 'mpa',
  plugins: [svelte(), screenAddresses(), screenShells(), crewInstall(), noticeWorker(), storeCompressed()],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // light-dark() is left as written: lowered, it would follow the page and not the map's own ground.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
    rollupOptions: { input: Object.fromEntries(screens.map((name) => [name, path.join(root, name, 'index.html')])) },
  },
  worker: { format: 'es' },
  server: {
    port: 5173,
    proxy: { '/api': server, '/tiles': server },
    // The packages stand beside web, or where a link to them leads.
    fs: { allow: [import.meta.dirname, realpathSync(path.join(import.meta.dirname, 'node_modules'))] },
  },
})
