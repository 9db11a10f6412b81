// Who has what open at the desks, on the wire.
import { z } from '@hono/zod-openapi'
import { instant } from './shapes.ts'

/** What a desk is about to do with what it has open: the form that lies over it. */
const doing = z.string().regex(/^[a-z_]{1,20}$/)

export const presenceInput = z
  .object({
    screen: z.string().regex(/^[a-z0-9]{8,40}$/, '8 to 40 small letters and digits, made by the desk for itself'),
    incident_id: z.string().max(64).nullable(),
    doing: doing.nullable().default(null),
  })
  .openapi('PresenceInput')
export type PresenceInput = z.infer<typeof presenceInput>

export const presenceView = z
  .object({
    screen: z.string(),
    name: z.string(),
    incident_id: z.string(),
    doing: doing.nullable(),
    since: instant,
  })
  .openapi('Presence')
export type PresenceView = z.infer<typeof presenceView>

/** Also the data of the stream's `presence` frames, which have no number: they are of the moment, not of the log. */
export const presenceList = z.object({ items: z.array(presenceView) }).openapi('PresenceList')
export type PresenceList = z.infer<typeof presenceList>
