// What makes the crew's page installable, added to the build: the service worker with the list of the shell's files, the manifest
// and the icons, at addresses that do not change.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { transform } from 'esbuild'
import type { Plugin, Rolldown } from 'vite'

const here = import.meta.dirname
const manifest = {
  name: '复电图 · 抢修班组',
  short_name: '复电图',
  lang: 'zh-CN',
  start_url: '/crew',
  scope: '/crew',
  display: 'standalone',
  background_color: '#070c12',
  theme_color: '#0a5bbd',
  icons: [
    { src: '/crew-icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    { src: '/crew-icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/crew-icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
  ],
}
const icons = ['crew-icon.svg', 'crew-icon-192.png', 'crew-icon-512.png']

/** Every script and sheet that the page needs before it asks for anything lazily. */
function shellOf(bundle: Rolldown.OutputBundle): string[] {
  const files = new Set<string>()
  const walk = (name: string) => {
    const chunk = bundle[name]
    if (!chunk || chunk.type !== 'chunk' || files.has(name)) return
    files.add(name)
    for (const sheet of chunk.viteMetadata?.importedCss ?? []) files.add(sheet)
    for (const imported of chunk.imports) walk(imported)
  }
  for (const chunk of Object.values(bundle)) {
    if (chunk.type === 'chunk' && chunk.isEntry && chunk.facadeModuleId?.endsWith('/crew/index.html'))
      walk(chunk.fileName)
  }
  return ['/crew', '/crew.webmanifest', ...[...files].sort().map((file) => `/${file}`)]
}

export function crewShell(): Plugin {
  return {
    name: 'crew-shell',
    apply: 'build',
    async generateBundle(_options, bundle) {
      const shell = shellOf(bundle)
      const source = await readFile(path.join(here, 'service-worker.ts'), 'utf8')
      const version = createHash('sha256').update(shell.join('\n')).update(source).digest('hex').slice(0, 12)
      const { code } = await transform(source, {
        loader: 'ts',
        minify: true,
        define: { SHELL: JSON.stringify(shell), VERSION: JSON.stringify(version) },
      })
      this.emitFile({ type: 'asset', fileName: 'crew-worker.js', source: code })
      this.emitFile({ type: 'asset', fileName: 'crew.webmanifest', source: JSON.stringify(manifest) })
      for (const icon of icons) {
        this.emitFile({ type: 'asset', fileName: icon, source: await readFile(path.join(here, 'icons', icon)) })
      }
    },
  }
}
