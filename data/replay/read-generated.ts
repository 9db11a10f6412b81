// Reads a generated storm: what `npm run lab -- storm` wrote, which names seed, shape and size and so the storm itself, or a
// storm written out whole with its `incidents`.
import { z } from 'zod'
import { BadInput } from '../lab/bad-input.ts'
import { readJson } from '../lab/files.ts'
import { generateStorm, type MadeIncident } from '../storm/generate.ts'
import { StormRefusal, type GivenStorm, type StormOutage } from './given-storm.ts'

/** A generated storm has no date of its own: it begins in the morning of this day, in daylight and on shift. */
const begins_ms = Date.parse('2026-08-01T09:00:00+08:00')

const compared = z.object({
  seed: z.number().int(),
  shape: z.enum(['swath', 'uniform']),
  incidents: z.number().int().min(1).max(2000),
  crews: z.number().int().min(1).max(500),
  districts: z.number().int().min(1).max(100),
})

const whole = z.object({
  incidents: z
    .array(
      z.object({
        id: z.string(),
        x_km: z.number(),
        y_km: z.number(),
        appearsAt_s: z.number().min(0),
        customersOut: z.number().int().min(1),
        actual_s: z.number().positive(),
      }),
    )
    .min(1)
    .max(20_000),
})

export function readGenerated(file: string): GivenStorm {
  const found = jsonOf(file)
  const isWhole = Array.isArray((found as { incidents?: unknown } | null)?.incidents)
  if (isWhole) return { name: file, outages: checked(file, whole, found).incidents.map(outageOf) }
  const { seed, shape, ...size } = checked(file, compared, found)
  return { name: file, outages: generateStorm(seed, shape, size).incidents.map(outageOf) }
}

function jsonOf(file: string): unknown {
  try {
    return readJson(file)
  } catch (reason) {
    throw reason instanceof BadInput ? new StormRefusal(reason.message) : reason
  }
}

function checked<T>(file: string, schema: z.ZodType<T>, found: unknown): T {
  const read = schema.safeParse(found)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new StormRefusal(
    `${file}: ${issue!.path.join('.') || 'the file'}: ${issue!.message}; expected a storm of npm run lab -- storm (seed, shape, incidents, crews, districts) or one with its incidents`,
  )
}

type Given = Pick<MadeIncident, 'id' | 'x_km' | 'y_km' | 'appearsAt_s' | 'customersOut' | 'actual_s'>

function outageOf(made: Given): StormOutage {
  return {
    id: made.id,
    startedAt_ms: begins_ms + made.appearsAt_s * 1000,
    customers: made.customersOut,
    x: made.x_km,
    y: made.y_km,
    cause: 'weather',
    onSite_s: made.actual_s,
  }
}
