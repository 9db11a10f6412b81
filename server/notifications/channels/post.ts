// Posts JSON to somebody else's server and reads from the answer whether to try again.
import type { Outcome } from './channel.ts'

/** A server that has not answered by then is taken for down. */
const timeout_ms = 10_000
/** Answers are read no further: only their first words are kept as the reason. */
const answer_bytes = 4096

export type Answer = { status: number; text: string; retryAfter_s: number | undefined }

export async function postJson(url: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'relight', ...headers },
    redirect: 'error',
    signal: AbortSignal.timeout(timeout_ms),
  })
  return readAnswer(response)
}

/** Reads the first of what a server answered. */
export async function readAnswer(response: Response): Promise<Answer> {
  const seconds = Number(response.headers.get('retry-after') ?? NaN)
  return {
    status: response.status,
    text: await firstOf(response, answer_bytes),
    retryAfter_s: Number.isFinite(seconds) ? seconds : undefined,
  }
}

async function firstOf(response: Response, limit: number): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    parts.push(part as Uint8Array)
    size += (part as Uint8Array).length
    if (size >= limit) break
  }
  return Buffer.concat(parts).subarray(0, limit).toString('utf8')
}

/** 2xx is sent; 429 and 5xx are worth another try; any other refusal would only be repeated. */
export function outcomeOf({ status, text, retryAfter_s }: Answer): Outcome {
  if (status >= 200 && status < 300) return { kind: 'sent' }
  const reason = `answered ${status}${text ? `: ${text.slice(0, 200)}` : ''}`
  if (status === 408 || status === 425 || status === 429 || status >= 500)
    return { kind: 'retry', reason, ...(retryAfter_s !== undefined && { after_s: retryAfter_s }) }
  return { kind: 'refused', reason }
}
