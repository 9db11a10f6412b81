// What the wall counts from the picture: pure, so that every number on it can be checked by a test.
import type { AssignmentView, CrewStatus } from '../../server/contract/assignments.ts'
import type { ClockView } from '../../server/contract/clocks.ts'
import type { IncidentStatus, IncidentSummary } from '../../server/contract/incidents.ts'
import { shownStateOf, type ShownState } from '../live/shown-state.ts'
import { isWithoutSupply, type Picture } from '../live/picture.ts'

export const openStatuses = [
  'confirmed',
  'probable',
  'suspected',
  'partly_restored',
] as const satisfies IncidentStatus[]
/** The incidents that share their place's name with another one: only their numbers tell them apart. */
export function namesakes(incidents: Iterable<Pick<IncidentSummary, 'id' | 'place'>>): Set<string> {
  const byPlace = new Map<string, string[]>()
  for (const { id, place } of incidents) byPlace.set(place, [...(byPlace.get(place) ?? []), id])
  return new Set([...byPlace.values()].filter((ids) => ids.length > 1).flat())
}

const activeStatuses = new Set(['offered', 'accepted', 'en_route', 'on_site'])
export const activeAssignment = (incident: IncidentSummary): AssignmentView | undefined =>
  incident.assignments.findLast((assignment) => activeStatuses.has(assignment.status))

export const openIncidents = (picture: Picture) => [...picture.incidents.values()].filter(isWithoutSupply)

/** Open incidents by what they are shown as; hazards have a place only while there are any. */
export function countStates(incidents: readonly IncidentSummary[]) {
  const count = (state: ShownState) => incidents.filter((incident) => shownStateOf(incident) === state).length
  const states: readonly ShownState[] = count('hazard') > 0 ? ['hazard', ...openStatuses] : openStatuses
  return states.map((state) => ({ state, count: count(state) }))
}

/** Longest without a crew on site first; one that nobody was sent to counts as waiting more than one being driven to. */
export function waitingLongest(incidents: readonly IncidentSummary[], limit: number): IncidentSummary[] {
  return incidents
    .filter((incident) => activeAssignment(incident)?.status !== 'on_site')
    .map((incident) => ({ incident, from: Date.parse(incident.started_at) }))
    .toSorted((a, b) => a.from - b.from)
    .slice(0, limit)
    .map(({ incident }) => incident)
}

export type PromiseOwed = { clock: ClockView; left_s: number; breaks: boolean }

/**
 * Of the promise clocks that run those to be looked at, most overdue first: run out, about to, or expected too late. `breaks`
 * where one is overdue or expected to be.
 */
export function promisesOwed(clocks: readonly ClockView[], now: number): { rows: PromiseOwed[]; overdue: number } {
  const rows = clocks
    .map((clock) => {
      const due = Date.parse(clock.due_at)
      const left_s = (due - now) / 1000
      return {
        clock,
        left_s,
        breaks: left_s < 0 || (clock.expected_at !== null && Date.parse(clock.expected_at) > due),
      }
    })
    .filter(({ clock, breaks }) => breaks || clock.state !== 'running')
    .toSorted((a, b) => a.left_s - b.left_s)
  return { rows, overdue: rows.filter(({ left_s }) => left_s < 0).length }
}

export type DistrictFigure = { code: string; name: string; customers_out: number; incidents: number }

/** Every district, the worst first. */
export function compareDistricts(picture: Picture): DistrictFigure[] {
  const known = new Set(picture.districts.map(({ code }) => code))
  return sumDistricts(picture).filter(({ code }) => known.has(code))
}

function sumDistricts(picture: Picture): DistrictFigure[] {
  const rows = new Map<string, DistrictFigure>(
    picture.districts.map(({ code, name }) => [code, { code, name, customers_out: 0, incidents: 0 }]),
  )
  const elsewhere = { code: '', name: '', customers_out: 0, incidents: 0 }
  for (const incident of openIncidents(picture)) {
    const row = rows.get(incident.district_code ?? '') ?? elsewhere
    row.customers_out += incident.customers_out
    row.incidents += 1
  }
  return [...rows.values(), ...(elsewhere.incidents > 0 ? [elsewhere] : [])].toSorted(
    (a, b) => b.customers_out - a.customers_out || a.code.localeCompare(b.code),
  )
}

/** `others` districts come under one row where `limit` is too few for each; what lies in no known district has the code ''. */
export type DistrictRow = DistrictFigure & { others: number }

/** What the wall lists: the rows add up to all that is out, whatever there is room for. */
export function districtRows(picture: Picture, limit: number): DistrictRow[] {
  const all = sumDistricts(picture).map((row) => ({ ...row, others: 0 }))
  if (all.length <= limit) return all
  const [kept, rest] = [all.slice(0, limit - 1), all.slice(limit - 1)]
  const sum = (of: 'customers_out' | 'incidents') => rest.reduce((total, row) => total + row[of], 0)
  const others = { code: 'others', name: '', customers_out: sum('customers_out'), incidents: sum('incidents') }
  return [...kept, { ...others, others: rest.length }]
}

export const crewOrder: readonly CrewStatus[] = ['on_site', 'en_route', 'accepted', 'offered', 'available']

export function countCrews(picture: Picture) {
  const onShift = [...picture.crews.values()].filter((crew) => crew.status !== 'off_duty')
  const counts = crewOrder.map((status) => ({ status, count: onShift.filter((crew) => crew.status === status).length }))
  const working = onShift.filter((crew) => crew.status !== 'available').length
  return { counts, working, onShift: onShift.length }
}

export const crossingsNow = (incidents: readonly IncidentSummary[]) =>
  incidents
    .flatMap((incident) => incident.assignments)
    .filter((one) => one.crosses_boundary && activeStatuses.has(one.status)).length

/**
 * Whether what is shown counts as old: the server's heartbeat comes every 15 s, and three of them may go missing; where the
 * stream is known to be broken, a few seconds are enough.
 */
export const isStale = (age_s: number | null, online: boolean) => age_s === null || age_s > 45 || (!online && age_s > 5)

/** Customers brought back in each of the last hours, the hour that runs last. */
export function restoredPerHour(incidents: Iterable<IncidentSummary>, now: number, hours: number): number[] {
  const sums = new Array<number>(hours).fill(0)
  for (const incident of incidents) {
    if (!incident.restored_at) continue
    const ago_h = Math.floor((now - Date.parse(incident.restored_at)) / 3_600_000)
    if (ago_h >= 0 && ago_h < hours) sums[hours - 1 - ago_h]! += incident.customers_affected
  }
  return sums
}
