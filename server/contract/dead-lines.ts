// Which lines are without supply by the open incidents, for the staff's maps.
import { z } from '@hono/zod-openapi'

export const deadLines = z
  .object({
    items: z.array(
      z.object({
        incident_id: z.string(),
        certain: z.boolean().openapi({ description: 'false while the device is only suspected or probable' }),
        equipment_ids: z
          .array(z.string())
          .openapi({ description: 'the device and what it feeds, without what has come back' }),
      }),
    ),
  })
  .openapi('DeadLines')
export type DeadLines = z.infer<typeof deadLines>
