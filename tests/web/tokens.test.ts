// Every colour is said once, in the token file: no screen's style and no layer of the map holds one of its own.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const web = path.resolve(import.meta.dirname, '../../web')
const tokenFile = 'ui/tokens.css'
/** The manifest's colours are read before any style is. */
const otherwise = new Set(['crew/install-plugin.ts'])

const files = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => /\.(svelte|css|ts)$/.test(file) && file !== tokenFile && !otherwise.has(file))

/** Styles of a component, the whole of a sheet, and a script's string literals. */
function coloursIn(file: string): string[] {
  const text = readFileSync(path.join(web, file), 'utf8')
  const looked = file.endsWith('.svelte') ? (/<style[^>]*>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '') : text
  const hex = file.endsWith('.ts') ? /['"`]#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b['"`]/gi : /#[0-9a-f]{3,8}\b/gi
  return [...looked.matchAll(hex), ...(file.endsWith('.ts') ? [] : looked.matchAll(/\b(?:rgba?|hsla?)\(\s*\d/g))].map(
    ([found]) => `${file}: ${found}`,
  )
}

it('no style outside the token file names a colour', () => {
  expect(files.length).toBeGreaterThan(100)
  expect(files.flatMap(coloursIn)).toEqual([])
})

it('every token that a style asks for is there', () => {
  const said = new Set(
    [...readFileSync(path.join(web, tokenFile), 'utf8').matchAll(/^\s+(--[\w-]+):/gm)].map(([, name]) => name),
  )
  const asked = files.flatMap((file) =>
    [...readFileSync(path.join(web, file), 'utf8').matchAll(/var\((--(?:map|state|text|space|radius)-[\w-]+)/g)].map(
      ([, name]) => name!,
    ),
  )
  const own = /^--map-origins/
  expect([...new Set(asked)].filter((name) => !said.has(name) && !own.test(name))).toEqual([])
})
