// Photographs that crews take on site and that customers send with their reports, on the wire. The picture itself travels as it is, not inside JSON.
import { z } from '@hono/zod-openapi'
import { instant } from './shapes.ts'

export const photographType = z.enum(['image/jpeg', 'image/png', 'image/webp'])
export type PhotographType = z.infer<typeof photographType>

export const photographView = z
  .object({
    id: z.string(),
    assignment_id: z.string(),
    incident_id: z.string(),
    crew_id: z.string(),
    crew_name: z.string(),
    taken_at: instant,
    received_at: instant,
    media_type: photographType,
    size_bytes: z.number().int(),
  })
  .openapi('Photograph')
export type PhotographView = z.infer<typeof photographView>

/** A picture that a customer sent with a report. */
export const reportPhotographView = z
  .object({
    id: z.string(),
    report_id: z.string(),
    received_at: instant,
    media_type: photographType,
    size_bytes: z.number().int(),
  })
  .openapi('ReportPhotograph')
export type ReportPhotographView = z.infer<typeof reportPhotographView>
