// The way past the app for what a whole city asks for at once: when the public pages are at hand they are answered from
// memory before any middleware runs; everything else goes the usual way.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerRaw } from './answer.ts'
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
  const [path = '', query = ''] = (request.url ?? '').split('?', 2)
  const page = paths[path]
  const ready = page && pages.atHand()
  if (!page || !ready) return false
  const asked = /(?:^|&)lang=(zh|en)(?:&|$)/.exec(query)?.[1]
  const name: PageName = page === 'status' ? `status.${languageOf(asked, request.headers['accept-language'])}` : page
  answerRaw(request, response, ready[name])
  return true
}
