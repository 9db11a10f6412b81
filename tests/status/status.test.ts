import { expect, test } from 'vitest'
import { statusFrom, type StatusFacts } from '../../server/status/index.ts'

const now = new Date('2026-07-01T06:30:00Z')
const at = (clock: string) => new Date(`2026-07-01T${clock}:00Z`)
const quiet: StatusFacts = {
  place: '东一台区',
  connection: 'connected',
  incident_id: null,
  incident_status: null,
  out_since: null,
  crew: null,
  crew_arrives_at: null,
  estimate_at: null,
  estimate_low: null,
  estimate_high: null,
  back_incident_id: null,
  back_at: null,
  back_verified: false,
  planned_starts_at: null,
  planned_ends_at: null,
  planned_reason: null,
  own_side_says: null,
}
const out: StatusFacts = { ...quiet, incident_id: 'inc_1', incident_status: 'confirmed', out_since: at('06:00') }
const status = (facts: Partial<StatusFacts>, over = quiet) => statusFrom({ ...over, ...facts }, now, 'Asia/Shanghai')

test('where nothing is known, that is what is said, not that there is supply', () => {
  expect(status({})).toMatchObject({ kind: 'no_outage_known', incidentId: null })
  expect(status({}).says.en).toContain('No loss of supply is known')
})

test('the stages of an incident follow its crew; what is only supposed is said as such', () => {
  expect(status({ incident_status: 'suspected' }, out).kind).toBe('suspected')
  expect(status({ incident_status: 'suspected' }, out).says.en).toContain('may be out')
  expect(status({}, out).kind).toBe('confirmed')
  expect(status({ crew: 'accepted' }, out).kind).toBe('confirmed')
  expect(status({ crew: 'en_route', crew_arrives_at: at('06:50') }, out)).toMatchObject({ kind: 'crew_on_its_way' })
  expect(status({ crew: 'en_route', crew_arrives_at: at('06:50') }, out).says.zh).toContain('预计14:50到达')
  expect(status({ crew: 'on_site' }, out).kind).toBe('crew_on_site')
})

test('an estimate is said with its interval; one that has run out is replaced by saying so', () => {
  const estimate = { estimate_at: at('08:00'), estimate_low: at('07:30'), estimate_high: at('09:00') }
  expect(status(estimate, out).says.zh).toContain('预计16:00复电（15:30至17:00之间）')
  const late = { estimate_at: at('06:20'), estimate_low: at('06:10'), estimate_high: at('06:29') }
  expect(status(late, out).says.zh).toContain('比原预计的复电时间晚')
  expect(status({}, out).says.en).toContain('as soon as it is known')
})

test('an arrival that has passed is not said as one to come, and an estimate that has passed is none', () => {
  const late = status({ crew: 'en_route', crew_arrives_at: at('06:29') }, out)
  expect(late.says.zh).toContain('抢修班组正在路上，比预计晚到')
  expect(late.says.en).toContain('a crew is on its way, later than was expected')
  expect(late.says.en).not.toContain('14:29')
  const to_come = { estimate_at: at('06:31'), estimate_low: at('06:20'), estimate_high: at('07:00') }
  expect(status(to_come, out).estimate).toEqual({ at: at('06:31'), low: at('06:20'), high: at('07:00') })
  expect(status({ ...to_come, estimate_at: at('06:30') }, out).estimate).toBeNull()
})

test('restored is only said when it is verified; before, it is asked', () => {
  const back = { back_at: at('06:20'), back_incident_id: 'inc_1' }
  expect(status(back)).toMatchObject({ kind: 'restored_unverified', incidentId: 'inc_1' })
  expect(status(back).says.en).toContain('please tell us')
  expect(status({ ...back, back_verified: true }).kind).toBe('restored')
})

test('being out outweighs having been restored, planned work and one’s own side; unpaid outweighs all', () => {
  const everything: Partial<StatusFacts> = {
    back_at: at('05:00'),
    planned_starts_at: at('05:00'),
    planned_ends_at: at('08:00'),
    own_side_says: { zh: '户内', en: 'own side' },
  }
  expect(status(everything, out).kind).toBe('confirmed')
  expect(status(everything).kind).toBe('planned')
  expect(status({ ...everything, planned_ends_at: at('06:00') }).kind).toBe('planned_overrun')
  expect(status({ own_side_says: { zh: '户内', en: 'own side' } })).toMatchObject({
    kind: 'own_side',
    says: { en: 'own side' },
  })
  expect(status({ ...everything, connection: 'disconnected_nonpayment' }, out).kind).toBe('disconnected')
})
