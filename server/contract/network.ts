// Customers and transformers as staff may look them up.
import { z } from '@hono/zod-openapi'
import { page, point } from './shapes.ts'

export const servicePointView = z
  .object({
    id: z.string(),
    account_no: z.string(),
    meter_no: z.string().nullable(),
    phone: z.string().nullable(),
    name: z.string().nullable(),
    address: z.string().nullable(),
    transformer_id: z.string(),
    lv_equipment_id: z.string().nullable(),
    class: z.string().nullable(),
    critical: z.string().nullable(),
    connection: z.string(),
    boundary: z.string(),
    district_code: z.string().nullable(),
    grid_id: z.string().nullable(),
    location: point.nullable(),
    incident_id: z.string().nullable().openapi({ description: 'the open incident that it is without supply by' }),
  })
  .openapi('ServicePoint')
export type ServicePointView = z.infer<typeof servicePointView>

export const servicePointFilter = page.extend({
  account_no: z.string().optional(),
  meter_no: z.string().optional(),
  phone: z.string().optional(),
  transformer_id: z.string().optional(),
  incident_id: z.string().optional(),
  q: z.string().trim().min(1).max(200).optional().openapi({ description: 'account, meter, phone, name or address' }),
})

export const transformerView = z
  .object({
    id: z.string(),
    name: z.string(),
    feeder_id: z.string().nullable(),
    kva: z.number().nullable(),
    owner: z.enum(['utility', 'customer']),
    aliases: z.array(z.string()),
    district_code: z.string().nullable(),
    grid_id: z.string().nullable(),
    customers: z.number().int(),
    location: point,
  })
  .openapi('Transformer')
export type TransformerView = z.infer<typeof transformerView>

export const transformerFilter = page.extend({
  feeder_id: z.string().optional(),
  district: z.string().optional(),
  q: z.string().trim().min(1).max(200).optional(),
})

export const districtView = z
  .object({ code: z.string(), name: z.string(), kind: z.enum(['urban', 'rural', 'remote']) })
  .openapi('District')
export type DistrictView = z.infer<typeof districtView>
