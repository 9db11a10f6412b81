// Answers bytes with a strong validator, gzipped where the asker takes that.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from 'hono'
import type { Packed } from './pages.ts'

/** Ten seconds spare the server a crowd that reloads; the validator makes asking again cheap. */
const keep = 'public, max-age=10'
const vary = 'accept-encoding, accept-language'

type Headers = Record<string, string>
/** A page in one encoding: its validator, the headers with it and of an answer without it, and its bytes, as a string too. */
type Ready = { tag: string; headers: Headers; unchanged: Headers; body: Buffer; text: string }
type Encoding = 'gzip' | 'identity'

/** Made once for each page and encoding that is asked for. */
const readied = new WeakMap<Packed, Partial<Record<Encoding, Ready>>>()

function readyOf(packed: Packed, encodings: string): Ready {
  const encoding: Encoding = /\bgzip\b/.test(encodings) ? 'gzip' : 'identity'
  const known = readied.get(packed) ?? {}
  readied.set(packed, known)
  return (known[encoding] ??= makeReady(packed, encoding))
}

function makeReady({ type, tag, plain, gzipped }: Packed, encoding: Encoding): Ready {
  const zipped = encoding === 'gzip'
  const body = zipped ? gzipped : plain
  const etag = zipped ? `"${tag}-gzip"` : `"${tag}"`
  const unchanged = { etag, 'cache-control': keep, vary, 'content-type': type }
  const headers: Headers = { ...unchanged, 'content-length': String(body.length) }
  if (zipped) headers['content-encoding'] = encoding
  return { tag: etag, headers, unchanged, body, text: body.toString('latin1') }
}

const isKnown = (tag: string, etags: string | undefined) =>
  etags !== undefined && etags.split(',').some((each) => each.trim() === tag)

export function answerWith(context: Context, packed: Packed): Response {
  const { tag, headers, unchanged, body } = readyOf(packed, context.req.header('accept-encoding') ?? '')
  if (isKnown(tag, context.req.header('if-none-match'))) return context.body(null, 304, unchanged)
  return context.body(new Uint8Array(body), 200, headers)
}

/** A request's header, without having Node make an object of all of them. */
export function headerOf({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]!.length === name.length && rawHeaders[at]!.toLowerCase() === name) return rawHeaders[at + 1]
  return undefined
}

/** The same without the app in between; a string goes out in one piece with its headers, where bytes would be a second one. */
export function answerRaw(request: IncomingMessage, response: ServerResponse, packed: Packed): void {
  const { tag, headers, unchanged, text } = readyOf(packed, headerOf(request, 'accept-encoding') ?? '')
  if (isKnown(tag, headerOf(request, 'if-none-match'))) response.writeHead(304, unchanged).end()
  else if (request.method === 'HEAD') response.writeHead(200, headers).end()
  else response.writeHead(200, headers).end(text, 'latin1')
}
