// The courses of the incidents that are open or ended within the last day, followed in the event log, and the picture of the
// region that they make: the laboratory's own watch, told of the same revisions.
import { setImmediate } from 'node:timers/promises'
import { createWatch, type Facts, type Watch } from '../estimates/index.ts'
import type { Queries } from '../database/index.ts'
import { courseOf, placeOf, reviseBy, type Course, type Known, type Standing, type Step } from './course.ts'

/** What counts as lately; an hour more than the load looks back. */
const lately_s = 25 * 3600
/** Incidents whose steps are read at once, and steps read at once: some milliseconds of this process. */
const incidentsAtOnce = 200
const stepsAtOnce = 1000
/** Courses told to a watch before others have their turn. */
const toldAtOnce = 200
/** At the start, numbers below the newest that transactions still at work may hold. */
const underway = 2000

/** How far everything is there: what was written before `next` is, once no transaction older than it is at work. */
type Horizon = { oldest: string; next: string; newest: number }
type Followed = { steps: Step[]; course: Course | null | undefined }

/** Steps of the given incidents, page by page. */
export async function readCourses(queries: Queries, ids: string[]): Promise<Map<string, Step[]>> {
  const courses = new Map<string, Step[]>()
  for (let from = 0; from < ids.length; from += incidentsAtOnce) {
    const steps = await queries.rows<Step>('incidents/read_courses', { ids: ids.slice(from, from + incidentsAtOnce) })
    for (const step of steps) {
      const known = courses.get(step.facts.id)
      if (known) known.push(step)
      else courses.set(step.facts.id, [step])
    }
  }
  return courses
}

/** The region as known at an instant, and since then of each incident that was asked about. */
export type Picture = { watch: Watch; known: Map<string, Known> }

/** What is known of an incident now, as the model takes it. */
export function factsIn({ watch, known }: Picture, incident: Standing, now_s: number): Facts {
  const revised = reviseBy(known.get(incident.id) ?? null, incident, now_s)
  known.set(incident.id, revised.known)
  if (revised.revision) watch.see(placeOf(incident), revised.revision)
  const facts = watch.factsOf(incident.id, now_s)
  if (!facts) throw new Error(`the watch does not know ${incident.id}`)
  return facts
}

export class Courses {
  private readonly followed = new Map<string, Followed>()
  private after = 0
  private mark: Horizon | null = null

  /** Reads what is open or ended lately. */
  async begin(queries: Queries, now: Date): Promise<void> {
    this.mark = await queries.one<Horizon>('incidents/read_horizon')
    this.after = Math.max(0, this.mark.newest - underway)
    const since = new Date(now.getTime() - lately_s * 1000)
    const rows = await queries.rows<{ id: string }>('incidents/list_lately_out', { since })
    const ids = rows.map(({ id }) => id)
    for (const [id, steps] of await readCourses(queries, ids)) this.followed.set(id, { steps, course: undefined })
  }

  /**
   * Takes what was told since. Numbers are handed out before their transactions commit, so it is read again from where everything
   * was there for certain: a number that turns up late is put in its place.
   */
  async follow(queries: Queries): Promise<void> {
    const horizon = await queries.one<Horizon>('incidents/read_horizon')
    for (let after = this.after; ;) {
      const steps = await queries.rows<Step>('incidents/read_steps_since', { after, limit: stepsAtOnce })
      for (const step of steps) this.take(step)
      if (steps.length < stepsAtOnce) break
      after = steps.at(-1)!.seq
    }
    if (this.mark && BigInt(horizon.oldest) < BigInt(this.mark.next)) return
    if (this.mark) this.after = this.mark.newest
    this.mark = horizon
  }

  private take(step: Step): void {
    const followed = this.followed.get(step.facts.id)
    if (!followed) {
      this.followed.set(step.facts.id, { steps: [step], course: undefined })
      return
    }
    const before = followed.steps.findLastIndex(({ seq }) => seq <= step.seq)
    if (followed.steps[before]?.seq === step.seq) return
    followed.steps.splice(before + 1, 0, step)
    followed.course = undefined
  }

  /** The region as known at `now_s`; what ended long ago is let go. */
  async picture(now_s: number): Promise<Picture> {
    const courses: Course[] = []
    for (const [id, followed] of this.followed) {
      if (followed.course === undefined) followed.course = courseOf(followed.steps)
      const { course } = followed
      const over_s = !course ? followed.steps.at(-1)!.at_s : course.incident.open ? now_s : course.incident.ended_s
      if (now_s - over_s > lately_s) this.followed.delete(id)
      else if (course) courses.push(course)
    }
    courses.sort(({ incident: a }, { incident: b }) => {
      return a.revisions[0]!.at_s - b.revisions[0]!.at_s || (a.id < b.id ? -1 : 1)
    })
    const picture: Picture = { watch: createWatch(), known: new Map() }
    for (const [at, { incident, known }] of courses.entries()) {
      if (at % toldAtOnce === toldAtOnce - 1) await setImmediate()
      for (const revision of incident.revisions) picture.watch.see(incident, revision)
      if (incident.open) picture.known.set(incident.id, known)
      else picture.watch.end(incident.id, incident.ended_s)
    }
    return picture
  }
}
