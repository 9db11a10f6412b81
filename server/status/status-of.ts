// Reads the one truth for a service point.
import type { Queries } from '../database/index.ts'
import { statusFrom, type CustomerStatus, type StatusFacts } from './status.ts'
import { statusUnnamed } from './unnamed.ts'

/** What is so for this service point at `at`, told without its place if `isUnnamed`; null where there is none of this id. */
export async function statusOf(
  queries: Queries,
  servicePointId: string,
  at: Date,
  isUnnamed = false,
): Promise<CustomerStatus | null> {
  const row = await queries.maybe<StatusFacts & { timezone: string }>('status/read_status', {
    service_point_id: servicePointId,
    at,
  })
  return row && (isUnnamed ? statusUnnamed : statusFrom)(row, at, row.timezone)
}
