// Signing in.
import { z } from '@hono/zod-openapi'
import { instant } from './shapes.ts'

export const role = z.enum(['public', 'crew', 'wall', 'dispatcher', 'administrator'])
export type Role = z.infer<typeof role>

export const signInInput = z
  .object({ name: z.string().min(1).max(100), secret: z.string().min(1).max(200) })
  .openapi('SignInInput')
export const signInAnswer = z
  .object({ token: z.string(), role, name: z.string(), crew_id: z.string().nullable(), expires_at: instant })
  .openapi('SignInAnswer')
export type SignInAnswer = z.infer<typeof signInAnswer>
