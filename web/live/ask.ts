// Asking the server: the answer, or its problem document, or that it could not be reached; never an exception.
import type { Problem } from '../../server/contract/shapes.ts'
import { fitsMark } from './exercise-page.ts'
import { language } from '../text/language.svelte.ts'

export type Refused = Pick<Problem, 'type' | 'title' | 'detail' | 'status'> & {
  errors?: Problem['errors']
  changes?: Problem['changes']
}
/** `status` 0 stands for a server that cannot be reached. */
export type Answered<T> = { answer: T } | { refused: Refused }

export type Asking = {
  method?: 'GET' | 'POST' | 'PUT'
  body?: unknown
  /** Sent as it is, instead of a JSON body. */
  raw?: Blob
  /** The version of what is written that its writer looked at. */
  version?: number
  key?: string
  signal?: AbortSignal
}

/** A fresh Idempotency-Key: one intention has one, however often it is sent. */
export const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** While a screen shows the past nothing is written: what is on it is not how things stand. */
export const writes = { held: false }
const held: Refused = { type: 'urn:relight:past', title: 'past', detail: '', status: 409 }

/** A server that takes longer than this is as good as unreachable. */
const patience_ms = 20_000
/** A picture of 300 kB takes this long where there is hardly any network. */
const rawPatience_ms = 120_000

async function refusedBy(response: Response): Promise<Refused> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>
  const { type = '', title = response.statusText, detail = '', errors, changes } = problem
  const more = { ...(errors ? { errors } : {}), ...(changes ? { changes } : {}) }
  return { type, title, detail, status: response.status, ...more }
}

export async function ask<T>(token: string | null, path: string, asking: Asking = {}): Promise<Answered<T>> {
  const headers: Record<string, string> = { 'accept-language': language.current }
  if (token) headers['authorization'] = `Bearer ${token}`
  if (asking.body !== undefined) headers['content-type'] = 'application/json'
  if (asking.raw) headers['content-type'] = asking.raw.type
  const body = asking.raw ?? (asking.body === undefined ? undefined : JSON.stringify(asking.body))
  if (asking.version !== undefined) headers['if-match'] = `"${asking.version}"`
  if (asking.key) headers['idempotency-key'] = asking.key
  const method = asking.method ?? (body === undefined ? 'GET' : 'POST')
  if (writes.held && method !== 'GET') return { refused: held }
  try {
    const response = await fetch(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.any([
        AbortSignal.timeout(asking.raw ? rawPatience_ms : patience_ms),
        ...(asking.signal ? [asking.signal] : []),
      ]),
    })
    if (!response.ok) return { refused: await refusedBy(response) }
    fitsMark(response.headers.get('x-relight-exercise') === 'on')
    return { answer: (await response.json()) as T }
  } catch {
    return { refused: { type: '', title: '', detail: '', status: 0 } }
  }
}
