// Why a request was not done: a small closed set, thrown by verbs and turned into status and words in one table.
import type { Change, Language, Says } from './shapes.ts'

/** status and title of every kind of refusal (RFC 9457). */
export const refusals = {
  invalid: { status: 400, title: 'The input cannot be used' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'Not for this role' },
  not_found: { status: 404, title: 'There is no such thing' },
  out_of_order: { status: 409, title: 'This step is out of order' },
  stale: { status: 409, title: 'Things have changed since' },
  conflict: { status: 409, title: 'Somebody else was first' },
  key_reused: { status: 409, title: 'This Idempotency-Key was used with another body' },
  too_large: { status: 413, title: 'Too much at once' },
  unprocessable: { status: 422, title: 'This cannot be done to what is there' },
  too_many: { status: 429, title: 'Too many tries' },
  unavailable: { status: 503, title: 'Not at the moment' },
} as const

export type RefusalKind = keyof typeof refusals
export type FieldError = { path: string; message: string }

/**
 * Thrown by a verb; `detail` is one plain sentence that says what, where and what would be right: in both languages where people
 * at a screen meet it, in English alone where only programs do. `message` is the English one, for logs and programs.
 */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly kind: RefusalKind
  readonly #detail: string | Says
  readonly errors: FieldError[] | undefined
  /** What others did meanwhile. */
  readonly changes: Change[] | undefined

  constructor(kind: RefusalKind, detail: string | Says, errors?: FieldError[], changes?: Change[]) {
    super(typeof detail === 'string' ? detail : detail.en)
    this.kind = kind
    this.#detail = detail
    this.errors = errors
    this.changes = changes
  }

  /** The detail as its reader understands it best. */
  detailIn(language: Language): string {
    return typeof this.#detail === 'string' ? this.#detail : this.#detail[language]
  }
}

/** Too many tries from one place; `wait_s` goes out as Retry-After. */
export class TooMany extends Refusal {
  readonly wait_s: number

  constructor(detail: string | Says, wait_s: number) {
    super('too_many', detail)
    this.wait_s = wait_s
  }
}

/** The headers that a refusal's answer bears besides its kind. */
export const refusalHeaders = (reason: unknown): Record<string, string> =>
  reason instanceof TooMany ? { 'retry-after': String(reason.wait_s) } : {}
