// What makes the crew's page installable, added to the build: the manifest and the icons, at addresses that do not change.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Plugin } from 'vite'

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

export function crewInstall(): Plugin {
  return {
    name: 'crew-install',
    apply: 'build',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'crew.webmanifest', source: JSON.stringify(manifest) })
      for (const icon of icons) {
        this.emitFile({ type: 'asset', fileName: icon, source: await readFile(path.join(here, 'icons', icon)) })
      }
    },
  }
}
