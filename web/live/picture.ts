// The picture that screens draw from: the snapshot's tables by id, and how a batch of events changes them. Pure.
import type { CrewView, AssignmentView } from '../../server/contract/assignments.ts'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import type { Counts, LiveEvent, Snapshot } from '../../server/contract/live.ts'
import type { DistrictView } from '../../server/contract/network.ts'

export type Picture = {
  /** Last event already in it. */
  seq: number
  /** The server's time of that event. */
  at: string
  network: Snapshot['network']
  districts: readonly DistrictView[]
  incidents: ReadonlyMap<string, IncidentSummary>
  crews: ReadonlyMap<string, CrewView>
  counts: Counts
}

/** Fresh sums from the server, with what follows from the incidents as they stand here. */
export const withCounts = (picture: Picture, counts: Counts): Picture => ({
  ...picture,
  counts: recount(counts, picture.incidents),
})

/** Of a fresh snapshot what no event tells: its sums, and whose shift has begun or ended. Crews that moved on since stay as they are. */
export function withSums(picture: Picture, { counts, crews }: Snapshot): Picture {
  const now = new Map(picture.crews)
  for (const { id, version, on_shift, status } of crews) {
    const before = now.get(id)
    if (before?.version === version && before.on_shift !== on_shift) now.set(id, { ...before, on_shift, status })
  }
  return withCounts({ ...picture, crews: now }, counts)
}

/** What a batch of events did: the new picture, and whether it shows that something was missed, so that a snapshot is due. */
export type Change = { picture: Picture; gap: boolean }

/** Restored and ended incidents leave the picture this long after, as they do in the snapshot: a wall runs for months. */
const endedStay_ms = 6 * 60 * 60 * 1000
const withoutSupply = new Set<string>(['suspected', 'probable', 'confirmed', 'partly_restored'])
const ended = new Set<string>(['closed', 'cancelled'])

export const isWithoutSupply = (incident: IncidentSummary) => withoutSupply.has(incident.status)
export const isOpen = (incident: IncidentSummary) => !ended.has(incident.status) && incident.merged_into === null

export function pictureOf(snapshot: Snapshot): Picture {
  return {
    seq: snapshot.seq,
    at: snapshot.at,
    network: snapshot.network,
    districts: snapshot.districts,
    incidents: new Map(snapshot.incidents.map((incident) => [incident.id, incident])),
    crews: new Map(snapshot.crews.map((crew) => [crew.id, crew])),
    counts: snapshot.counts,
  }
}

/** Only the shape that the reducer relies on is checked: the server validated the rest when it wrote the event. */
function subjectOf<T extends { id: string }>(event: LiveEvent): T | null {
  return event.data['id'] === event.subject_id ? (event.data as T) : null
}

/** A table that is copied by its first change: what did not change stays the very same, so that nothing is drawn for it. */
class Table<T> {
  #copy: Map<string, T> | null = null
  readonly #kept: ReadonlyMap<string, T>
  constructor(kept: ReadonlyMap<string, T>) {
    this.#kept = kept
  }
  get now(): ReadonlyMap<string, T> {
    return this.#copy ?? this.#kept
  }
  set(id: string, value: T) {
    this.#copy ??= new Map(this.#kept)
    this.#copy.set(id, value)
  }
  delete(id: string) {
    this.#copy ??= new Map(this.#kept)
    this.#copy.delete(id)
  }
}

type Draft = { incidents: Table<IncidentSummary>; crews: Table<CrewView>; counts: Counts; gap: boolean }

function putIncident(draft: Draft, incident: IncidentSummary) {
  const before = draft.incidents.now.get(incident.id)
  if (before && before.version > incident.version) return
  draft.incidents.set(incident.id, incident)
}

function putAssignment(draft: Draft, assignment: AssignmentView) {
  const incident = draft.incidents.now.get(assignment.incident_id)
  if (!incident) {
    draft.gap = true
    return
  }
  const others = incident.assignments.filter((other) => other.id !== assignment.id)
  draft.incidents.set(incident.id, { ...incident, assignments: [...others, assignment] })
}

function putCrew(draft: Draft, crew: CrewView) {
  const before = draft.crews.now.get(crew.id)
  if (before && before.version > crew.version) return
  draft.crews.set(crew.id, crew)
}

function apply(draft: Draft, event: LiveEvent) {
  const incident = event.data['incident'] as IncidentSummary | undefined
  const crew = event.data['crew'] as CrewView | undefined
  const counts = event.data['counts'] as Counts | undefined
  if (incident?.id) putIncident(draft, incident)
  if (crew?.id) putCrew(draft, crew)
  if (counts) draft.counts = counts
  if (event.name === 'incident') {
    const subject = subjectOf<IncidentSummary>(event)
    if (subject?.transformer_ids) putIncident(draft, subject)
  } else if (event.name === 'estimate') {
    const subject = subjectOf<IncidentSummary>(event)
    if (subject?.transformer_ids) putIncident(draft, subject)
  } else if (event.name === 'crew') {
    const subject = subjectOf<CrewView>(event)
    if (subject?.location) putCrew(draft, subject)
  } else if (event.name === 'assignment') {
    const subject = subjectOf<AssignmentView>(event)
    if (subject?.crew_id) putAssignment(draft, subject)
  } else if (event.name === 'report' && event.step === 'submitted') {
    draft.counts = { ...draft.counts, reports_today: draft.counts.reports_today + 1 }
  } else if (event.name === 'network') {
    draft.gap = true
  }
}

/** Counts that follow from the incidents are recounted, never added up, so that they cannot drift. */
function recount(counts: Counts, incidents: ReadonlyMap<string, IncidentSummary>): Counts {
  let customers_out = 0
  let incidents_open = 0
  for (const incident of incidents.values()) {
    if (!withoutSupply.has(incident.status)) continue
    customers_out += incident.customers_out
    incidents_open += 1
  }
  return { ...counts, customers_out, incidents_open }
}

/** Events at or before the picture's `seq` are repeats and change nothing; unknown names are passed over. */
export function merge(picture: Picture, events: readonly LiveEvent[]): Change {
  const fresh = events.filter((event) => event.seq > picture.seq)
  const last = fresh.at(-1)
  if (!last) return { picture, gap: false }
  const draft: Draft = {
    incidents: new Table(picture.incidents),
    crews: new Table(picture.crews),
    counts: picture.counts,
    gap: false,
  }
  for (const event of fresh) apply(draft, event)
  const oldest = Date.parse(last.at) - endedStay_ms
  for (const [id, incident] of draft.incidents.now) {
    if (!withoutSupply.has(incident.status) && Date.parse(incident.updated_at) < oldest) draft.incidents.delete(id)
  }
  return {
    gap: draft.gap,
    picture: {
      ...picture,
      seq: last.seq,
      at: last.at,
      incidents: draft.incidents.now,
      crews: draft.crews.now,
      counts: recount(draft.counts, draft.incidents.now),
    },
  }
}
