// A page made ready once, and answered with a strong validator, gzipped where the asker takes that.
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context } from 'hono'

const compress = promisify(gzip)

/** Ten seconds spare the server a crowd that reloads; the validator makes asking again cheap. */
const keep = 'public, max-age=10'
const vary = 'accept-encoding, accept-language'

type Headers = Record<string, string>
type Encoding = 'gzip' | 'identity'
/** A page in one encoding: its validator, the headers with it and of an answer without it, and its bytes, as a string too. */
export type Ready = { tag: string; headers: Headers; unchanged: Headers; body: Buffer; text: string }
export type Packed = Record<Encoding, Ready>

/** Makes `text` ready in both encodings; the validator of the gzipped one ends in `-gzip`. */
export async function pack(type: string, text: string): Promise<Packed> {
  const plain = Buffer.from(text)
  const tag = createHash('sha256').update(plain).digest('base64url').slice(0, 22)
  const identity = readyOf(type, `"${tag}"`, plain)
  const gzipped = readyOf(type, `"${tag}-gzip"`, await compress(plain, { level: 6 }))
  gzipped.headers['content-encoding'] = 'gzip'
  return { identity, gzip: gzipped }
}

function readyOf(type: string, tag: string, body: Buffer): Ready {
  const unchanged = { etag: tag, 'cache-control': keep, vary, 'content-type': type }
  const headers = { ...unchanged, 'content-length': String(body.length) }
  return { tag, headers, unchanged, body, text: body.toString('latin1') }
}

const taken = (packed: Packed, encodings = ''): Ready => packed[/\bgzip\b/.test(encodings) ? 'gzip' : 'identity']

const isKnown = (tag: string, etags: string | undefined) =>
  etags !== undefined && etags.split(',').some((each) => each.trim() === tag)

export function answerWith(context: Context, packed: Packed): Response {
  const { tag, headers, unchanged, body } = taken(packed, context.req.header('accept-encoding'))
  if (isKnown(tag, context.req.header('if-none-match'))) return context.body(null, 304, unchanged)
  return context.body(new Uint8Array(body), 200, headers)
}

/** A request's header, without having Node make an object of all of them. */
export function headerOf({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]!.length === name.length && rawHeaders[at]!.toLowerCase() === name) return rawHeaders[at + 1]
  return undefined
}

/** The same without the app in between. */
export function answerRaw(request: IncomingMessage, response: ServerResponse, packed: Packed): void {
  const { tag, headers, unchanged, text } = taken(packed, headerOf(request, 'accept-encoding'))
  if (isKnown(tag, headerOf(request, 'if-none-match'))) response.writeHead(304, unchanged).end()
  else if (request.method === 'HEAD') response.writeHead(200, headers).end()
  else {
    // A string goes out in one piece with its headers; uncorked before its end, without an empty second piece: a tenth more a second.
    response.writeHead(200, headers).write(text, 'latin1')
    response.socket?.uncork()
    response.end()
  }
}
