// A small town for the screens' tests: two districts, a few incidents and crews, all by hand.
import type { AssignmentView, CrewView } from '../../server/contract/assignments.ts'
import type { ClockView } from '../../server/contract/clocks.ts'
import type { DaySoFar } from '../../server/contract/day.ts'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import type { LiveEvent, Snapshot } from '../../server/contract/live.ts'

export const noon = Date.parse('2026-07-01T12:00:00Z')
export const minutesAgo = (minutes: number) => new Date(noon - minutes * 60_000).toISOString()

export function incident(over: Partial<IncidentSummary> & { id: string }): IncidentSummary {
  return {
    number: 1,
    status: 'confirmed',
    hazard: false,
    equipment: { id: 'E1', kind: 'fuse' },
    feeder_id: 'F1',
    district_code: 'north',
    place: '泗井新村#1配变',
    location: { lon: 113, lat: 22.6 },
    transformer_ids: ['T1'],
    customers_affected: 100,
    customers_out: 100,
    critical_customers: 0,
    started_at: minutesAgo(30),
    confirmed_at: null,
    restored_at: null,
    cause: null,
    probability: 1,
    estimate: null,
    parent_id: null,
    merged_into: null,
    reports: 1,
    assignments: [],
    version: 1,
    updated_at: minutesAgo(30),
    ...over,
  }
}

export function assignment(over: Partial<AssignmentView> & { id: string; incident_id: string }): AssignmentView {
  return {
    crew_id: 'C1',
    crew_name: '抢修1班',
    role: 'lead',
    status: 'en_route',
    offered_at: minutesAgo(10),
    answer_by: null,
    accepted_at: minutesAgo(9),
    departed_at: minutesAgo(8),
    arrived_at: null,
    finished_at: null,
    ended_at: null,
    reason: null,
    travel_s: 600,
    distance_m: 5000,
    method: 'road',
    crosses_boundary: false,
    arrives_at: minutesAgo(-5),
    promised_at: minutesAgo(-15),
    ...over,
  }
}

export const clock = (over: Partial<ClockView> = {}): ClockView => ({
  subject_id: 'i1',
  kind: 'dispatch',
  state: 'running',
  incident_id: 'i1',
  place: '泗井新村#1配变',
  assignment_id: null,
  crew_id: null,
  crew_name: null,
  started_at: minutesAgo(30),
  due_at: minutesAgo(-5),
  expected_at: null,
  important: false,
  answerable: null,
  says: { zh: '', en: '' },
  ...over,
})

export function crew(over: Partial<CrewView> & { id: string }): CrewView {
  return {
    name: '抢修1班',
    station_id: null,
    home_district: 'north',
    skills: ['mv'],
    shift_start: null,
    shift_end: null,
    members: 3,
    phone: null,
    vehicle: null,
    tracker_id: null,
    on_loan_to: null,
    status: 'available',
    on_shift: true,
    location: { lon: 113, lat: 22.6 },
    position_at: minutesAgo(1),
    heading: null,
    assignment_id: null,
    incident_id: null,
    version: 1,
    ...over,
  }
}

export function snapshot(over: Partial<Snapshot> = {}): Snapshot {
  return {
    seq: 10,
    at: new Date(noon).toISOString(),
    network: { name: 'sketch', timezone: 'Asia/Shanghai', bbox: [112.9, 22.5, 113.1, 22.7] },
    districts: [
      { code: 'north', name: '北区', kind: 'urban' },
      { code: 'south', name: '南区', kind: 'rural' },
    ],
    incidents: [],
    crews: [],
    counts: {
      customers: 1000,
      customers_out: 0,
      incidents_open: 0,
      reports_today: 0,
      restored_today: 0,
      crossings_today: 0,
      notifications_queued: 0,
      notifications_sent_today: 0,
      notifications_dead: 0,
    },
    ...over,
  }
}

/** A quiet day up to `at`. */
export const day = (over: Partial<DaySoFar> = {}): DaySoFar => ({
  at: new Date(noon).toISOString(),
  begins_at: minutesAgo(600),
  step_s: 300,
  today: Array.from({ length: 289 }, () => 0),
  yesterday: Array.from({ length: 289 }, () => 0),
  storm: null,
  restored_today: 0,
  restored_per_hour: Array.from({ length: 12 }, () => 0),
  calls_per_minute: Array.from({ length: 60 }, () => 0),
  planned: [],
  planned_works: 0,
  planned_out: 0,
  saidi_min: 0,
  estimates: { due: 0, kept: 0 },
  ...over,
})

export function event(seq: number, over: Partial<LiveEvent> & { data: object }): LiveEvent {
  const data = over.data as Record<string, unknown>
  return {
    at: new Date(noon).toISOString(),
    name: 'incident',
    step: 'updated',
    subject_id: String(data['id']),
    incident_id: null,
    actor: 'test',
    ...over,
    seq,
    data,
  }
}
