// Drives planned outages over HTTP on the small region, by a clock that is set.
import { expect } from 'vitest'
import type { NotificationView } from '../../server/contract/notifications.ts'
import type { JoinProposal, PlannedSummary, PlannedView } from '../../server/contract/planned-outages.ts'
import type { Problem } from '../../server/contract/shapes.ts'
import { watchPlanned } from '../../server/planned-outages/index.ts'
import { minute, type TestApp } from '../fixtures/app.ts'

export const hours = (count: number) => minute(count * 60)
/** Ten days ahead at ten in the morning: in time for every notice. */
export const ahead = 240

/** Work on equipment from hour to hour. */
export const input = (equipment_ids: string[], from_h: number, to_h: number, more: object = {}) => ({
  starts_at: hours(from_h).toISOString(),
  ends_at: hours(to_h).toISOString(),
  equipment_ids,
  reason: '线路检修',
  ...more,
})

/** The steps and questions of one test app. */
export function drive(at: TestApp) {
  const messages = async (point: string) =>
    (await at.call<{ items: NotificationView[] }>('GET', `/api/notifications?service_point_id=${point}`)).body.items
  return {
    messages,
    kinds: async (point: string) => (await messages(point)).map((each) => each.matter.split(':')[0]).reverse(),
    announce: async (...args: Parameters<typeof input>) => {
      const answer = await at.call<PlannedSummary>('POST', '/api/planned-outages', input(...args))
      expect(answer.status, JSON.stringify(answer.body)).toBe(201)
      return answer.body
    },
    step: (id: string, name: string, body: object = {}) =>
      at.call<PlannedSummary & Problem>('POST', `/api/planned-outages/${id}/${name}`, body),
    read: async (id: string) => (await at.call<PlannedView>('GET', `/api/planned-outages/${id}`)).body,
    joins: async () => (await at.call<{ items: JoinProposal[] }>('GET', '/api/planned-outages/joins')).body.items,
    watchAt: async (when: Date) => {
      at.clock.now = when
      await watchPlanned(at.deps)
    },
    interruptions: (point: string) =>
      at.sql<{ planned_outage_id: string | null; started_at: Date; ended_at: Date | null }>(
        'select planned_outage_id, started_at, ended_at from interruption where service_point_id = $1 order by id',
        [point],
      ),
    /** T2 and T3 are fed from F2 from now on. */
    openTie: async () => {
      await at.call('POST', '/api/telemetry', { equipment_id: 'RA', state: 'open', commanded: true, at: minute(-4) })
      await at.call('POST', '/api/telemetry', { equipment_id: 'TIE', state: 'closed', commanded: true, at: minute(-3) })
    },
  }
}
