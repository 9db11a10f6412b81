// Adds the worker that shows pushed notices to the build, at an address that does not change.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { transform } from 'esbuild'
import type { Plugin } from 'vite'

export function noticeWorker(): Plugin {
  return {
    name: 'notice-worker',
    apply: 'build',
    async generateBundle() {
      const source = await readFile(path.join(import.meta.dirname, 'notice-worker.ts'), 'utf8')
      const { code } = await transform(source, { loader: 'ts', minify: true })
      this.emitFile({ type: 'asset', fileName: 'notice-worker.js', source: code })
    },
  }
}
