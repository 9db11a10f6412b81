// Adds to the build what keeps a screen working with no network: for each its service worker, with the list of the shell's files,
// at an address that does not change.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { transform } from 'esbuild'
import type { Plugin, Rolldown } from 'vite'

/** Each with what its page names besides scripts and sheets. */
const kept: Record<string, string[]> = { crew: ['/crew.webmanifest'], wall: [] }

/** Every script and sheet that the page needs before it asks for anything lazily. */
function shellOf(bundle: Rolldown.OutputBundle, screen: string): string[] {
  const files = new Set<string>()
  const walk = (name: string) => {
    const chunk = bundle[name]
    if (!chunk || chunk.type !== 'chunk' || files.has(name)) return
    files.add(name)
    for (const sheet of chunk.viteMetadata?.importedCss ?? []) files.add(sheet)
    for (const imported of chunk.imports) walk(imported)
  }
  for (const chunk of Object.values(bundle)) {
    if (chunk.type === 'chunk' && chunk.isEntry && chunk.facadeModuleId?.endsWith(`/${screen}/index.html`))
      walk(chunk.fileName)
  }
  return [`/${screen}`, ...kept[screen]!, ...[...files].sort().map((file) => `/${file}`)]
}

export function screenShells(): Plugin {
  return {
    name: 'screen-shells',
    apply: 'build',
    async generateBundle(_options, bundle) {
      const source = await readFile(path.join(import.meta.dirname, 'shell-worker.ts'), 'utf8')
      for (const screen of Object.keys(kept)) {
        const shell = shellOf(bundle, screen)
        const version = createHash('sha256').update(shell.join('\n')).update(source).digest('hex').slice(0, 12)
        const said = { SCREEN: screen, SHELL: shell, VERSION: version }
        const define = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, JSON.stringify(value)]))
        const { code } = await transform(source, { loader: 'ts', minify: true, define })
        this.emitFile({ type: 'asset', fileName: `${screen}-worker.js`, source: code })
      }
    },
  }
}
