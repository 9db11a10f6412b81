// Signing in, and who may.
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

/** Whoever signs in: a person, a crew's phone or a wall screen. */
export const staffRole = z.enum(['crew', 'wall', 'dispatcher', 'administrator'])
export type StaffRole = z.infer<typeof staffRole>
export const memberInput = z
  .object({
    role: staffRole,
    crew_id: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .openapi({ description: 'whose phone it is; needed for the role crew' }),
    secret: z.string().min(8, 'at least 8 characters').max(200),
  })
  .refine(({ role, crew_id }) => (role === 'crew') === (crew_id !== undefined), {
    path: ['crew_id'],
    message: 'the id of a crew for the role crew, and for no other role',
  })
  .openapi('MemberInput')
export type MemberInput = z.infer<typeof memberInput>
export const memberView = z
  .object({ name: z.string(), role: staffRole, crew_id: z.string().nullable(), created_at: instant })
  .openapi('Member')
export type MemberView = z.infer<typeof memberView>
