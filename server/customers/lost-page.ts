// What somebody sees who opened an address in a browser that leads nowhere; a program that calls gets a problem document.
import type { Context } from 'hono'
import { escape, layOut } from './layout.ts'
import { languageOf, words } from './words.ts'

/** Beneath these only programs call, whatever they say they accept. */
const forPrograms = /^\/(api|tiles|feeds|ogc|open311|assets)(\/|$)/

export function isLostVisit({ req }: Context): boolean {
  const navigates = req.method === 'GET' && (req.header('accept') ?? '').includes('text/html')
  return navigates && !forPrograms.test(req.path)
}

export function lostPage({ req }: Context): string {
  const language = languageOf(req.query('lang'), req.header('accept-language'))
  const { lost, lostHint } = words[language]
  return layOut({ title: lost, language, body: `<p><a href="/">${escape(lostHint)}</a></p>` })
}
