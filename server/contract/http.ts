// How every room says its routes: a body, an answer, and the refusals that any route may give.
import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Env } from 'hono'
import { fieldsToCheckZh } from './field-words.ts'
import { Refusal } from './refusal.ts'
import { problem } from './shapes.ts'

/** A JSON body checked by `schema`. */
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true as const, content: { 'application/json': { schema } } },
})

/** The same where a call without a body means the usual. */
export const optionalBody = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: false as const, content: { 'application/json': { schema } } },
})

const refused = { description: 'refused', content: { 'application/problem+json': { schema: problem } } }

/** The version of what is written that its writer looked at; a write based on an older one than others left is refused. */
export const basedOn = z.object({
  'if-match': z
    .string()
    .regex(/^"?\d{1,9}"?$/, 'the version of what you looked at, like "12"')
    .optional(),
})

/** The number that `basedOn` took, or null. */
export const versionOf = (headers: z.infer<typeof basedOn>): number | null =>
  headers['if-match'] === undefined ? null : Number(headers['if-match'].replaceAll('"', ''))

/** 200 with `schema`, or a problem document. */
export const answers = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
  default: refused,
})

/** 201 with `schema`, or a problem document. */
export const creates = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  201: { description, content: { 'application/json': { schema } } },
  default: refused,
})

type Issue = z.core.$ZodIssue

/** What is wrong where a body may have one of several shapes: that of the shape which it comes nearest to. */
function nameWrong(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const fieldsWrong = (shape: Issue[]) => new Set(shape.map(({ path }) => path[0])).size
  const nearest = issue.errors.reduce((best, shape) => (fieldsWrong(shape) < fieldsWrong(best) ? shape : best))
  return nearest.flatMap((inner) => nameWrong({ ...inner, path: [...issue.path, ...inner.path] }))
}

/** A room's own app: input that its schema refuses becomes a Refusal naming every field that is wrong. */
export function roomApp<E extends Env>(): OpenAPIHono<E> {
  return new OpenAPIHono<E>({
    defaultHook: (result) => {
      if (result.success) return
      const errors = result.error.issues
        .flatMap(nameWrong)
        .map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
      const en = errors.map((error) => (error.path ? `${error.path}: ${error.message}` : error.message)).join('; ')
      // A schema's messages are for programs: people at a screen are told which fields to look at.
      throw new Refusal('invalid', { zh: fieldsToCheckZh(errors.map(({ path }) => path)), en }, errors)
    },
  })
}
