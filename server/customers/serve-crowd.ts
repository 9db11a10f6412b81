// The way past the app for what a whole city asks for at once: when the public pages are at hand they are answered from
// memory before any middleware runs; everything else goes the usual way.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Language } from '../contract/shapes.ts'
import { answerRaw, headerOf } from './answer.ts'
import type { PageName, PublicPages } from './pages.ts'
import { languageOf } from './words.ts'

const paths: Record<string, 'incidents' | 'summary' | 'status'> = {
  '/api/public/incidents': 'incidents',
  '/api/public/summary': 'summary',
  '/api/public/status': 'status',
}

/** True where the request has been answered. */
export function serveCrowd(pages: PublicPages, request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  const url = request.url ?? ''
  const mark = url.indexOf('?')
  const page = paths[mark < 0 ? url : url.slice(0, mark)]
  const ready = page && pages.atHand()
  if (!page || !ready) return false
  const name: PageName = page === 'status' ? `status.${languageAsked(request, url, mark)}` : page
  answerRaw(request, response, ready[name])
  return true
}

function languageAsked(request: IncomingMessage, url: string, mark: number): Language {
  const asked = mark < 0 ? undefined : /[?&]lang=(zh|en)(?:&|$)/.exec(url)?.[1]
  return languageOf(asked, headerOf(request, 'accept-language'))
}
